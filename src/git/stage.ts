import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckError } from '../errors.ts';
import { createScratch } from '../process/scratch.ts';
import { type ReadIndex, readWholeIndex } from './disk-equals-index.ts';
import type { FileWrite } from './file-write.ts';
import { checkWrites, conflict, parentFolders, symlinkedOutput } from './file-write.ts';
import {
  type IndexState,
  indexChanged,
  indexLocked,
  indexState,
  removeLeftLock,
  replaceIndex,
} from './index-write.ts';
import type { SnapshotEntry } from './listing.ts';
import { encodePath, quotePath } from './path-bytes.ts';
import type { Repository } from './repository.ts';
import { withScratchIndex } from './scratch-index.ts';

/** A change of the index that nothing refuses any more, with its contents in the object store already. */
export interface Staging {
  /** The index as it was read for this. */
  readonly read: ReadIndex;
  /**
   * Changes the index, all or nothing.
   *
   * @throws CheckError `index-locked`; `index-changed` if another process has changed it since
   */
  finish(): Promise<void>;
}

/**
 * Puts files into the index with exactly these bytes (no filter, no line-end conversion), or takes them out of it, all
 * or none. The disk is left alone. A path in conflict is resolved by that, and other conflicts stay.
 *
 * @throws CheckError what {@link prepareStaging} and its `finish` throw
 */
export async function stageFiles(repo: Repository, writes: readonly FileWrite[]): Promise<void> {
  const staging = await prepareStaging(repo, writes);
  await staging.finish();
}

/**
 * Does everything of {@link stageFiles} that can be refused or fail for want of space, and leaves the index as it is.
 *
 * @param madeFrom the identity of the index that the contents follow from; without it they follow from none
 * @throws CheckError `index-changed` if the index is another one than that; `private-index` in a hook of
 * `git commit PATH`, whose index is thrown away; `index-locked`;
 * `symlinked-output`, `submodule` or `path-conflict` if something else stands at a path; `invalid-path`
 */
export async function prepareStaging(
  repo: Repository,
  writes: readonly FileWrite[],
  madeFrom?: string,
): Promise<Staging> {
  checkWrites(writes);
  if (repo.privateIndex) throw privateIndex();
  if (writes.length === 0) return { read: await readWholeIndex(repo), finish: async () => {} };
  await removeLeftLock(repo);
  if (existsSync(`${repo.indexFile}.lock`)) throw indexLocked(repo);
  const before = await indexState(repo);
  const read = await readWholeIndex(repo);
  const { id, entries } = read.index;
  if (madeFrom !== undefined && madeFrom !== id) throw indexChanged();
  checkPlaces(entries, writes);
  const { skipWorktree } = read.flags;

  const oids = await storeBlobs(repo, writes);
  const nothing = '0'.repeat(repo.objectFormat === 'sha1' ? 40 : 64);
  const records = writes.flatMap((write) => {
    const header =
      write.kind === 'write' ? `${modeOf(entries, write)} ${oids.get(write.path)}` : `0 ${nothing}`;
    return [Buffer.from(`${header}\t`), encodePath(write.path), Buffer.from([0])];
  });
  // An entry that is set anew counts as one that must be on disk, and a sparse checkout would show it as deleted.
  const stillSkipped = writes.filter((write) => write.kind === 'write' && skipWorktree.has(write.path));
  return {
    read,
    finish: () =>
      updateIndex(
        repo,
        Buffer.concat(records),
        stillSkipped.map(({ path }) => path),
        before,
      ),
  };
}

type EntriesByPath = ReadonlyMap<string, SnapshotEntry>;

function modeOf(entries: EntriesByPath, write: FileWrite & { kind: 'write' }): string {
  return write.mode ?? (entries.get(write.path)?.mode === '100755' ? '100755' : '100644');
}

/** Git would replace a file by a folder, or a folder by a file, without a word. */
function checkPlaces(entries: EntriesByPath, writes: readonly FileWrite[]): void {
  const deleted = new Set(writes.flatMap((write) => (write.kind === 'delete' ? [write.path] : [])));
  const folders = new Set([...entries.keys()].filter((path) => !deleted.has(path)).flatMap(parentFolders));
  for (const { path, kind } of writes) {
    for (const place of [...parentFolders(path), path]) {
      const mode = deleted.has(place) && place !== path ? undefined : entries.get(place)?.mode;
      if (mode === '120000') throw symlinkedOutput(path, place);
      if (mode === '160000') {
        throw new CheckError('submodule', `${place} is a submodule, which dbcheck does not write to`, {
          place: { path: place },
          hint: 'run dbcheck in the submodule itself',
        });
      }
      if (mode !== undefined && place !== path) {
        throw conflict(place, `is a file, and ${path} needs it to be a folder`);
      }
    }
    if (kind === 'write' && folders.has(path)) throw conflict(path, 'is a folder with staged files');
  }
}

/** Writes all blobs with one git: it reads them from numbered files, since it takes only one from its input. */
async function storeBlobs(repo: Repository, writes: readonly FileWrite[]): Promise<Map<string, string>> {
  const files = writes.flatMap((write) => (write.kind === 'write' ? [write] : []));
  if (files.length === 0) return new Map();
  const scratch = await createScratch();
  try {
    const names = files.map((_, index) => join(scratch.dir, String(index)));
    for (const [index, file] of files.entries()) await writeFile(names[index] ?? '', file.bytes);
    const { stdout } = await repo.git(['hash-object', '-w', '--no-filters', '--stdin-paths'], {
      input: names.map((name) => `${quotePath(name)}\n`).join(''),
    });
    const oids = stdout.toString().trim().split('\n');
    return new Map(files.map((file, index) => [file.path, oids[index] ?? '']));
  } finally {
    await scratch.remove();
  }
}

/** In a copy, so that the index itself changes at once, and no git can be killed while it holds the lock. */
async function updateIndex(
  repo: Repository,
  records: Buffer,
  skipped: readonly string[],
  before: IndexState,
): Promise<void> {
  const bytes = await withScratchIndex(repo, 'names', async ({ file, options }) => {
    await repo.git(['update-index', '-z', '--index-info'], { ...options, input: records });
    if (skipped.length > 0) {
      const input = Buffer.concat(skipped.flatMap((path) => [encodePath(path), Buffer.from([0])]));
      await repo.git(['update-index', '--skip-worktree', '-z', '--stdin'], { ...options, input });
    }
    return readFile(file);
  });
  await replaceIndex(repo, bytes, before);
}

function privateIndex(): CheckError {
  return new CheckError(
    'private-index',
    'git commit PATH gives its hooks an index of their own, which is no place to stage files',
    { hint: 'run dbcheck fix --stage outside of the hook, then commit without paths: git commit' },
  );
}
