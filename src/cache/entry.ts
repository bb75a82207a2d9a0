import { createHash } from 'node:crypto';

/** The first line of every entry; another layout of entries gets another number. */
const MAGIC = 'dbcheck-cache 1';
const HEADER = /^dbcheck-cache 1\n([0-9a-f]{64})\n([0-9a-f]{64})\n/;
/** The magic, two digests in hex, and a newline after each of the three. */
const HEADER_BYTES = MAGIC.length + 64 + 64 + 3;

/**
 * An entry as it stands in a file: its own key and a checksum over key and content come first, so that no entry that was
 * cut off, damaged or put in the place of another can pass for one.
 *
 * @param key 64 digits in hex
 */
export function encodeEntry(key: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${MAGIC}\n${key}\n${checksum(key, content)}\n`), content]);
}

/** @returns the content; null where the bytes are not the whole entry of this key */
export function decodeEntry(key: string, bytes: Buffer): Buffer | null {
  const [, ownKey, sum] = HEADER.exec(bytes.toString('latin1', 0, HEADER_BYTES)) ?? [];
  const content = bytes.subarray(HEADER_BYTES);
  return ownKey === key && sum === checksum(key, content) ? content : null;
}

function checksum(key: string, content: Buffer): string {
  return createHash('sha256').update(`${key}\n`).update(content).digest('hex');
}
