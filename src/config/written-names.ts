import type { KeyPath } from './yaml-places.ts';

/** A part of a file name that an entry of an sqlc configuration gives, with the keys that lead to it. */
interface WrittenName {
  readonly keys: KeyPath;
  readonly name: string;
}

/** The keys that name an output file. */
export const OUTPUT_NAME = /^output_.*_file_name$/;

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
