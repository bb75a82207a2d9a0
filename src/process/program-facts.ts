import { createHash } from 'node:crypto';
import { cacheDir } from './cache-dir.ts';
import { fileDigest, fileStamp } from './tool-identity.ts';
import { recall, remember } from './tool-memory.ts';

/** What is known of a program without running it. */
export interface ProgramFacts {
  /** SHA-256 in hex. */
  readonly digest: string;
  /** What it says of itself; null for a program that is something else. */
  readonly said: string | null;
}

/**
 * A program's digest and its own words about its version. Both are remembered as long as the file is the same, so
 * that neither reading tens of megabytes nor starting the program is done each time.
 *
 * @param path absolute
 * @param ask starts the program
 */
export async function programFacts(path: string, ask: () => Promise<string | null>): Promise<ProgramFacts> {
  const cache = await cacheDir();
  const key = `program-${createHash('sha256').update(path).digest('hex')}`;
  const stamp = await fileStamp(path);
  if (stamp !== null) {
    const known = await recall(cache, key);
    const { digest, said } = known ?? {};
    const fits = known?.['stamp'] === stamp && typeof digest === 'string';
    if (fits && (said === null || typeof said === 'string')) return { digest, said };
  }
  const [digest, said] = await Promise.all([fileDigest(path), ask()]);
  // Only what was the same before and after is known to be the file that the digest is of.
  if (stamp !== null && stamp === (await fileStamp(path)))
    await remember(cache, key, { stamp, digest, said });
  return { digest, said };
}
