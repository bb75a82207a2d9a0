import type { HclExpression } from '../../format/hcl-file.ts';
import type { ColumnType } from './column-types.ts';

/** Whether a default of that type comes out the same, after the rewrites of the table. */
export function isSupportedDefault(value: HclExpression, type: ColumnType): boolean {
  switch (type.family) {
    case 'integer':
      return value.kind === 'number' && /^-?\d+$/.test(value.text);
    case 'bool':
      return value.kind === 'bool' || (value.kind === 'number' && /^[01]$/.test(value.text));
    case 'decimal':
      return value.kind === 'number' && fractionDigits(value.text) <= (type.numbers[1] ?? 0);
    case 'float':
      // As many digits as a float holds.
      return value.kind === 'number' && /^-?(?=[\d.]{1,7}$)\d+(\.\d+)?$/.test(value.text);
    case 'bit':
      return /^b'(0|1[01]*)'$/.test(sqlText(value) ?? '');
    case 'string':
      return value.kind === 'string' && isPlain(value.text);
    case 'binary':
      return value.kind === 'string' && isPlain(value.text) && fillsBinary(value.text, type);
    case 'enum':
    case 'set':
      return value.kind === 'string' && type.values.includes(value.text);
    case 'year':
      return value.kind === 'number' && /^(19|20)\d\d$/.test(value.text);
    case 'moment':
      return isCurrentTimestamp(value, type);
    default:
      return false;
  }
}

/** The precision must be the column's own: MariaDB takes another one too, MySQL refuses it. */
export function isCurrentTimestamp(value: HclExpression, type: ColumnType): boolean {
  if (type.family !== 'moment') return false;
  const [, precision] = /^CURRENT_TIMESTAMP(?:\(([1-6])\))?$/i.exec(sqlText(value) ?? '-') ?? [
    undefined,
    '-',
  ];
  return Number(precision ?? 0) === (type.numbers[0] ?? 0);
}

/** ASCII that needs no escape in either server's words, and that Atlas takes for text and not for something else. */
function isPlain(text: string): boolean {
  return /^[\x20-\x5b\x5d-\x7e]*$/.test(text) && !/^0x/i.test(text) && !/^(['"]).*\1$/.test(text);
}

/** MySQL pads a shorter default with zero bytes. */
function fillsBinary(text: string, { name, numbers }: ColumnType): boolean {
  return text.length > 0 && (name === 'varbinary' || text.length === numbers[0]);
}

function fractionDigits(text: string): number {
  return (
    /^-?\d+(?:\.(\d+))?$/.exec(text)?.[1]?.length ?? (/^-?\d+$/.test(text) ? 0 : Number.POSITIVE_INFINITY)
  );
}

function sqlText(value: HclExpression): string | null {
  const [argument] = value.kind === 'call' && value.name === 'sql' ? value.arguments : [];
  return argument?.kind === 'string' ? argument.text : null;
}
