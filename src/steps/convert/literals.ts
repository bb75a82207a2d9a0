import { Unsupported } from './unsupported.ts';

/** A text as an SQL string. SQLite ends a text at a NUL, which Postgres can't hold either. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A number as SQL, from its digits in Postgres: `+1.` is `1`. */
export function numberLiteral(digits: string, offset?: number): string {
  const text = digits.trim();
  if (!NUMBER.test(text)) throw new Unsupported(`${textLiteral(digits)} is not a number`, offset);
  return text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '');
}

const BOOLEANS = new Map([
  ...['t', 'tr', 'tru', 'true', 'y', 'ye', 'yes', 'on', '1'].map((word) => [word, '1'] as const),
  ...['f', 'fa', 'fal', 'fals', 'false', 'n', 'no', 'of', 'off', '0'].map((word) => [word, '0'] as const),
]);

/** A boolean's spelling in Postgres as SQLite's 1 or 0. */
export function booleanLiteral(text: string, offset?: number): string {
  const known = BOOLEANS.get(text.trim().toLowerCase());
  if (known === undefined) throw new Unsupported(`${textLiteral(text)} is not a boolean`, offset);
  return known;
}

/** A bytea literal in the hex form, which is how Postgres prints it. */
export function blobLiteral(text: string, offset?: number): string {
  if (/^\\x(?:[0-9a-f]{2})*$/i.test(text)) return `X'${text.slice(2).toUpperCase()}'`;
  if (!text.includes('\\')) return `X'${Buffer.from(text).toString('hex').toUpperCase()}'`;
  throw new Unsupported(`the bytea literal ${textLiteral(text)} is not in the hex form`, offset);
}

/** A date, time or timestamp literal; SQLite reads an offset with its minutes only. */
export function instantLiteral(text: string, offset?: number): string {
  if (/^\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(text.trim())) return textLiteral(text.trim());
  const found = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([+-]\d\d(?::?\d\d)?|Z)?)?$/.exec(
    text.trim(),
  );
  if (found === null) {
    throw new Unsupported(`SQLite can't read the date or time ${textLiteral(text)}`, offset);
  }
  const [, date = '', time, zone] = found;
  if (time === undefined) return textLiteral(date);
  if (zone === undefined || zone === 'Z' || /^[+-]00(?::?00)?$/.test(zone)) {
    return textLiteral(`${date} ${time}`);
  }
  const hours = zone.slice(0, 3);
  const minutes = zone.slice(3).replace(':', '').padEnd(2, '0');
  return textLiteral(`${date} ${time}${hours}:${minutes}`);
}

/**
 * An exact decimal that SQLite holds as text, with all digits of its scale: the text that Postgres prints for it.
 *
 * @param scale digits after the point; null for a numeric without one
 */
export function decimalText(digits: string, scale: number | null, offset?: number): string {
  const number = numberLiteral(digits, offset);
  if (/e/i.test(number)) throw new Unsupported(`the decimal ${digits} is in scientific notation`, offset);
  const [whole = '', fraction = ''] = number.split('.');
  if (scale === null) return textLiteral(number);
  if (fraction.length > scale) {
    throw new Unsupported(`the decimal ${digits} has more than ${scale} digits after its point`, offset);
  }
  return textLiteral(scale === 0 ? whole : `${whole}.${fraction.padEnd(scale, '0')}`);
}
