import { createHash } from 'node:crypto';
import { comparePaths } from '../git/path-bytes.ts';

/** What a key can be made of: JSON, whose text tells any two values apart. */
export type KeyPart =
  | string
  | number
  | boolean
  | null
  | readonly KeyPart[]
  | { readonly [name: string]: KeyPart };

/** The SHA-256 in hex of a value's JSON; the order of names counts, as they stand in the source. */
export function keyOf(part: KeyPart): string {
  return bytesDigest(JSON.stringify(part));
}

/** The SHA-256 of bytes in hex. */
export function bytesDigest(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Files as a part of a key: each path with the digest of its bytes, in the order of the paths' bytes. */
export function filesPart(files: Iterable<readonly [string, Buffer]>): KeyPart {
  return [...files]
    .toSorted(([left], [right]) => comparePaths(left, right))
    .map(([path, bytes]) => [path, bytesDigest(bytes)]);
}
