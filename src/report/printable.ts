/**
 * Characters that a terminal acts upon or shows as nothing: controls except tab and newline, directional overrides,
 * zero-width characters, line separators, and the lone surrogates that stand for bytes that are not UTF-8.
 */
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Makes text from a repository or a tool safe for a terminal; newlines and tabs stay.
 *
 * @returns text in which each such character is written as `\x1b` (one byte) or `\u202e`
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    // U+DC80 to U+DCFF stand for the bytes 0x80 to 0xff that are not UTF-8.
    const value = code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code;
    return value <= 0xff
      ? `\\x${value.toString(16).padStart(2, '0')}`
      : `\\u${value.toString(16).padStart(4, '0')}`;
  });
}

/** `printable` for text that must stay on one line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** A count with its noun: `1 file`, `4 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
