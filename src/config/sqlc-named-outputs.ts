import { posix } from 'node:path';
import type { SqlcEntry } from './sqlc-config.ts';

/**
 * The files that an entry names by `output_db_file_name` and its like, which sqlc lets lead out of the `out` folder.
 *
 * @returns paths relative to the git root; '' for one that leads out of the repository or is its root
 */
export function namedOutputs(entry: SqlcEntry): readonly string[] {
  const names = namesIn(entry.source);
  return entry.outs.flatMap(({ dir }) => names.map((name) => inRepository(posix.join(dir, name))));
}

function namesIn(source: unknown): readonly string[] {
  if (typeof source !== 'object' || source === null) return [];
  return Object.entries(source).flatMap(([key, value]) =>
    /^output_.*_file_name$/.test(key) && typeof value === 'string' ? [value] : namesIn(value),
  );
}

/** A path that leads out of the repository can't be committed; the whole repository stands for it rather than nothing. */
function inRepository(path: string): string {
  const normal = posix.normalize(path);
  return normal === '.' || normal.startsWith('..') ? '' : normal;
}
