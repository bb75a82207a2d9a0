import { copyFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { createScratch } from '../process/scratch.ts';
import { encodePath } from './path-bytes.ts';
import type { GitOptions, Repository } from './repository.ts';

/** A copy of the index outside of the repository, to which git can add files that it must not add to the real one. */
export interface ScratchIndex {
  /** The copy itself. */
  readonly file: string;
  /** Options for `Repository.git` that make it use the copy. */
  readonly options: Pick<GitOptions, 'env' | 'config'>;
  /**
   * Brings the copy up to the disk: exactly what `git add` would record for these paths, with its filters, its
   * line-end conversion and its notion of modes, and the removal of others. No object is written to the repository.
   *
   * @param changes paths to take from the disk (gone ones are removed too), and paths to remove whatever the disk holds
   */
  record(changes: {
    readonly changed: readonly string[];
    readonly deleted: readonly string[];
  }): Promise<void>;
}

/**
 * Lends a copy of the repository's index for the time of `work`.
 *
 * @param objects whether `record` keeps the contents, in an object store of its own that `options` make git read
 * first, or only their names
 */
export async function withScratchIndex<T>(
  repo: Repository,
  objects: 'names' | 'contents',
  work: (index: ScratchIndex) => Promise<T>,
): Promise<T> {
  const scratch = await createScratch();
  try {
    const indexFile = join(scratch.dir, 'index');
    await copyIndex(repo.indexFile, indexFile);
    const env: Record<string, string> = { GIT_INDEX_FILE: indexFile };
    if (objects === 'contents') {
      env['GIT_OBJECT_DIRECTORY'] = await scratch.folder('objects');
      env['GIT_ALTERNATE_OBJECT_DIRECTORIES'] = repo.objectSearchPath;
    }
    // A split index would put its shared part into the repository, and the repository's hook is not for this index.
    const options = { env, config: ['core.splitIndex=false', 'core.hooksPath=/dev/null'] };
    return await work({
      file: indexFile,
      options,
      record: (changes) => record(repo, options, objects, changes),
    });
  } finally {
    await scratch.remove();
  }
}

/**
 * Git takes a file for unchanged if its times are those in the index, unless it may have been written in the same
 * moment as the index. So a copy must not be younger than the original; to whole seconds, it is a little older.
 */
async function copyIndex(from: string, to: string): Promise<void> {
  try {
    const { mtimeMs } = await stat(from);
    await copyFile(from, to);
    const seconds = Math.floor(mtimeMs / 1000);
    await utimes(to, seconds, seconds);
  } catch (error) {
    // A repository in which nothing was ever staged has no index.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

async function record(
  repo: Repository,
  options: ScratchIndex['options'],
  objects: 'names' | 'contents',
  changes: { readonly changed: readonly string[]; readonly deleted: readonly string[] },
): Promise<void> {
  if (changes.deleted.length > 0) {
    const input = pathList(changes.deleted);
    await repo.git(['update-index', '--force-remove', '-z', '--stdin'], { ...options, input });
  }
  if (changes.changed.length > 0) {
    const infoOnly = objects === 'names' ? ['--info-only'] : [];
    const input = pathList(changes.changed);
    await repo.git(['update-index', ...infoOnly, '--add', '--remove', '--replace', '-z', '--stdin'], {
      ...options,
      input,
    });
  }
}

/** Paths as git's `-z` options read them. */
function pathList(paths: readonly string[]): Buffer {
  return Buffer.concat(paths.flatMap((path) => [encodePath(path), Buffer.from([0])]));
}
