import type { TypeName } from 'libpg-query';
import type { ColumnType } from './column-types.ts';
import { asNumber, type Expression, withKind } from './operands.ts';
import { lastName } from './syntax-tree.ts';
import { Unsupported } from './unsupported.ts';

/** Casts from one kind to another that change no value. */
const VALUE_KEPT: ReadonlySet<string> = new Set([
  ...['integer number', 'integer real', 'integer exact', 'number exact', 'number real', 'real number'],
  ...['text enum', 'enum text', 'uuid text', 'json text'],
]);

/**
 * The value without its cast, which SQLite does not need.
 *
 * @param target what the named type is in SQLite
 * @throws Unsupported where the cast may change the value
 */
export function withoutCast(
  value: Expression,
  typeName: TypeName,
  { kind, declaration }: ColumnType,
  offset: number | undefined,
): Expression {
  if (value.kind === 'unknown') return withKind(value, kind === 'exact' ? 'number' : kind, offset);
  if (kind === 'real' && value.kind === 'exact') return asNumber(value, offset);
  const constant = value.literal !== undefined;
  // A length cuts, a scale rounds, a smaller integer overflows: no constant is printed with a cast that does that.
  const changes = (typeName.typmods ?? []).length > 0 || declaration === 'SMALLINT';
  const kept = VALUE_KEPT.has(`${value.kind} ${kind}`) || (kind === value.kind && kind !== 'instant');
  if (!kept || (changes && !constant)) {
    throw new Unsupported(`it casts to ${lastName(typeName.names)}, which may change the value`, offset);
  }
  return { ...value, kind: kind === 'exact' && value.kind !== 'exact' ? 'number' : kind };
}
