import { posix } from 'node:path';
import type { SqlcEntry } from './sqlc-config.ts';
import type { KeyPath } from './yaml-places.ts';

/** A part of a file name that an entry gives, with the keys that lead to it. */
interface WrittenName {
  readonly keys: KeyPath;
  readonly name: string;
}

/**
 * The files that an entry names by `output_db_file_name` and its like, which sqlc lets lead out of the `out` folder.
 *
 * @returns paths relative to the git root
 */
export function namedOutputs(entry: SqlcEntry): readonly string[] {
  const names = writtenNames(entry.source, /^output_.*_file_name$/);
  return entry.outs.flatMap(({ dir }) => names.map(({ name }) => posix.join(dir, name)));
}

/** The values of those keys anywhere in an entry as it was parsed. */
export function writtenNames(source: unknown, key: RegExp, above: KeyPath = []): readonly WrittenName[] {
  if (typeof source !== 'object' || source === null) return [];
  return Object.entries(source).flatMap(([name, value]) => {
    const keys = [...above, Array.isArray(source) ? Number(name) : name];
    return key.test(name) && typeof value === 'string'
      ? [{ keys, name: value }]
      : writtenNames(value, key, keys);
  });
}
