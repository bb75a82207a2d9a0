import { isUtf8 } from 'node:buffer';
import { CheckError } from '../errors.ts';

/** The lone surrogates U+DC80 to U+DCFF stand for the bytes 0x80 to 0xFF, as in Python's `surrogateescape`. */
const ESCAPE = 0xdc00;

/** Below the first surrogate, the order of UTF-16 code units is the order of the UTF-8 bytes. */
const FIRST_SURROGATE = 0xd800;

/** With the `u` flag a surrogate matches only where it is not half of a pair. */
const LONE_SURROGATE = /\p{Cs}/u;

/**
 * Turns the bytes of a path as git stores them into a string, without loss: valid UTF-8 is decoded, each other byte
 * becomes the lone surrogate U+DC80 + (byte - 0x80).
 */
export function decodePath(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let path = '';
  let start = 0;
  while (start < bytes.length) {
    const length = sequenceLength(bytes, start);
    path +=
      length === 0
        ? String.fromCharCode(ESCAPE + (bytes[start] ?? 0))
        : bytes.toString('utf8', start, start + length);
    start += Math.max(length, 1);
  }
  return path;
}

/** The length in bytes of the valid UTF-8 sequence that starts here, or 0 where there is none. */
function sequenceLength(bytes: Buffer, start: number): number {
  for (let length = 1; length <= 4 && start + length <= bytes.length; length += 1) {
    if (isUtf8(bytes.subarray(start, start + length))) return length;
  }
  return 0;
}

/**
 * The inverse of {@link decodePath}: `encodePath(decodePath(bytes))` equals `bytes` for all bytes.
 *
 * @throws CheckError `invalid-path` if the string holds half a surrogate pair that stands for no byte
 */
export function encodePath(path: string): Buffer {
  if (!LONE_SURROGATE.test(path)) return Buffer.from(path, 'utf8');
  const parts: Buffer[] = [];
  for (const character of path) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff) {
      parts.push(Buffer.from([code - ESCAPE]));
    } else if (code >= FIRST_SURROGATE && code <= 0xdfff) {
      throw new CheckError('invalid-path', `the path ${displayPath(path)} holds half a surrogate pair`);
    } else {
      parts.push(Buffer.from(character, 'utf8'));
    }
  }
  return Buffer.concat(parts);
}

/** Compares two paths by their bytes, which is the order of git's index. */
export function comparePaths(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a === b) continue;
    if (a < FIRST_SURROGATE && b < FIRST_SURROGATE) return a - b;
    return Buffer.compare(encodePath(left), encodePath(right));
  }
  return left.length - right.length;
}

/** Control characters, bytes that are no UTF-8, and the marks that make a terminal reorder a line. */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u;

const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
]);

/**
 * A path as people may see it: unchanged if it is harmless, else in double quotes with git's own C-style escapes
 * (`core.quotepath=off`), so that no file name can move the cursor or fake a line of output.
 */
export function displayPath(path: string): string {
  return UNSAFE.test(path) || path.includes('"') || path.includes('\\') ? quotePath(path) : path;
}

/**
 * A path in double quotes with C-style escapes, as every part of git that reads lines accepts it. Plain ASCII letters
 * and valid text beyond ASCII stay as they are.
 */
export function quotePath(path: string): string {
  let quoted = '';
  for (const character of path) {
    const named = NAMED_ESCAPES.get(character);
    quoted += named ?? (UNSAFE.test(character) ? octalEscapes(character) : character);
  }
  return `"${quoted}"`;
}

function octalEscapes(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const isByte = code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff;
  const bytes = isByte ? Buffer.from([code - ESCAPE]) : Buffer.from(character, 'utf8');
  return [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
