import { bytesDigest } from '../cache/digest.ts';
import { cacheFolder, readEntry, writeEntry } from '../cache/store.ts';
import type { FileWrite } from '../git/file-write.ts';
import type { Repository } from '../git/repository.ts';

/** What `fix --stage` has to do about an index, as the run that judged it has found. */
export interface KnownMends {
  readonly writes: readonly FileWrite[];
  /** What the judged targets are made from: the paths that people write. */
  readonly sources: readonly string[];
}

/**
 * Keeps mends under the digest of what they are, so that a verdict that names it can't be paired with others.
 *
 * @returns the name to recall them by; null where the store can't be written
 */
export async function keepMends(repo: Repository, { writes, sources }: KnownMends): Promise<string | null> {
  const written: WrittenMends = {
    sources,
    writes: writes.map((write) =>
      write.kind === 'write'
        ? { path: write.path, bytes: write.bytes.toString('base64'), mode: write.mode }
        : { path: write.path, bytes: null },
    ),
  };
  const content = Buffer.from(JSON.stringify(written));
  const name = bytesDigest(content);
  const isKept = await writeEntry(cacheFolder(repo.commonDir), 'mends', name, content).then(
    () => true,
    () => false,
  );
  return isKept ? name : null;
}

/** @returns null where they are not there any more */
export async function recallMends(repo: Repository, name: string): Promise<KnownMends | null> {
  const content = await readEntry(cacheFolder(repo.commonDir), 'mends', name);
  if (content === null || bytesDigest(content) !== name) return null;
  // The verdict that has this name was written by this very dbcheck, and so was what it names.
  const { writes, sources }: WrittenMends = JSON.parse(content.toString());
  return {
    sources,
    writes: writes.map(({ path, bytes, mode }) =>
      bytes === null
        ? { kind: 'delete', path }
        : { kind: 'write', path, bytes: Buffer.from(bytes, 'base64'), mode },
    ),
  };
}

interface WrittenMends {
  readonly sources: readonly string[];
  /** `bytes` in base64; null for a file that goes. */
  readonly writes: readonly {
    readonly path: string;
    readonly bytes: string | null;
    readonly mode?: '100644' | '100755' | undefined;
  }[];
}
