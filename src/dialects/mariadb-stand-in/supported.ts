import type { HclAttribute, HclElement, HclExpression, HclFile } from '../../format/hcl-file.ts';
import type { TextPosition } from '../../format/text-position.ts';
import { isCurrentTimestamp, isSupportedDefault } from './column-defaults.ts';
import { type ColumnType, columnType } from './column-types.ts';
import { FILE, firstUnlisted } from './constructs.ts';
import { isProvenCheck } from './proven-checks.ts';
import { unsupported } from './refusal.ts';

/** InnoDB's, for one column of an index: MariaDB shortens what is longer, MySQL refuses it. */
const INDEX_BYTES = 3072;
/** The most that a charset needs. */
const CHARACTER_BYTES = 4;

/**
 * Refuses a schema that holds something of which it is not known that MariaDB's plan can be turned into MySQL's:
 * because MariaDB writes it in its own words, or because it takes what MySQL refuses.
 *
 * @throws CheckError `stand-in-unsupported` at the construct
 */
export function requireSupported(path: string, file: HclFile): void {
  const unlisted = firstUnlisted(file, FILE);
  if (unlisted !== null) throw unsupported(unlisted.name, path, unlisted.at);
  for (const table of file.blocks.filter(({ type }) => type === 'table')) {
    const types = new Map<string, ColumnType>();
    for (const column of ofType(table, 'column')) {
      types.set(column.labels[0] ?? '', requireColumn(path, column));
    }
    for (const index of [...ofType(table, 'index'), ...ofType(table, 'primary_key')]) {
      requireIndex(path, index, types);
    }
    for (const check of ofType(table, 'check')) requireCheck(path, check, types);
  }
}

/**
 * Refuses CHECKs of one name in two tables, which MariaDB takes and MySQL does not.
 *
 * @throws CheckError `stand-in-unsupported` at the second
 */
export function requireDistinctChecks(files: readonly (HclFile & { readonly path: string })[]): void {
  const seen = new Set<string>();
  for (const { path, blocks } of files) {
    for (const check of blocks.flatMap((table) => ofType(table, 'check'))) {
      const name = check.labels[0]?.toLowerCase() ?? '';
      if (seen.has(name)) throw unsupported(`a second check "${check.labels[0]}"`, path, check);
      seen.add(name);
    }
  }
}

export function ofType(block: Pick<HclElement, 'blocks'>, wanted: string): readonly HclElement[] {
  return block.blocks.filter(({ type }) => type === wanted);
}

export function attributeOf(block: HclElement, wanted: string): HclAttribute | undefined {
  return block.attributes.find(({ name }) => name === wanted);
}

function requireColumn(path: string, column: HclElement): ColumnType {
  const refuse = (what: string, at: TextPosition) => unsupported(what, path, at);
  const written = attributeOf(column, 'type');
  if (written === undefined) throw refuse('a column without a type', column);
  const type = columnType(written.value);
  if (type === null) throw refuse('this column type', written);
  const unsigned = attributeOf(column, 'unsigned');
  if (unsigned !== undefined && type.family !== 'integer' && type.family !== 'decimal') {
    throw refuse(`unsigned on ${type.name}`, unsigned);
  }
  for (const name of ['charset', 'collate']) {
    const attribute = attributeOf(column, name);
    const takesText = ['string', 'text', 'enum', 'set'].includes(type.family);
    if (attribute !== undefined && !takesText) throw refuse(`${name} on ${type.name}`, attribute);
  }
  const fallback = attributeOf(column, 'default');
  if (fallback !== undefined && !isSupportedDefault(fallback.value, type)) {
    throw refuse(`this default of ${type.name}`, fallback);
  }
  const update = attributeOf(column, 'on_update');
  if (update !== undefined && !isCurrentTimestamp(update.value, type)) {
    throw refuse(`this on_update of ${type.name}`, update);
  }
  return type;
}

function requireIndex(path: string, index: HclElement, types: ReadonlyMap<string, ColumnType>): void {
  const isFullText = lastOf(attributeOf(index, 'type')?.value) === 'FULLTEXT';
  const listed = attributeOf(index, 'columns');
  const parts = [
    ...(listed?.value.kind === 'list'
      ? listed.value.items.map((item) => ({ column: lastOf(item), prefix: null, at: listed }))
      : []),
    ...ofType(index, 'on').map((on) => ({
      column: lastOf(attributeOf(on, 'column')?.value),
      prefix: numberOf(attributeOf(on, 'prefix')?.value),
      at: on,
    })),
  ];
  for (const { column, prefix, at } of parts) {
    // A column that is not there is for Atlas to tell of.
    const type = types.get(column);
    if (type === undefined || fitsIndex(type, prefix, isFullText)) continue;
    throw unsupported(`an index on "${column}" of this type and length`, path, at);
  }
}

/** MariaDB indexes what MySQL refuses to: whole texts, JSON, and the first bytes of what is too long. */
function fitsIndex({ family, numbers }: ColumnType, prefix: number | null, isFullText: boolean): boolean {
  if (isFullText) return prefix === null && (family === 'string' || family === 'text');
  const characters = family === 'string' || family === 'text';
  const bytes = characters || family === 'binary' || family === 'blob';
  if (!bytes) return prefix === null && family !== 'json' && family !== 'geometry';
  const whole = family === 'text' || family === 'blob' ? Number.POSITIVE_INFINITY : (numbers[0] ?? 0);
  return Math.min(prefix ?? whole, whole) * (characters ? CHARACTER_BYTES : 1) <= INDEX_BYTES;
}

function requireCheck(path: string, check: HclElement, types: ReadonlyMap<string, ColumnType>): void {
  const expression = attributeOf(check, 'expr');
  const isNumber = (column: string) => ['integer', 'decimal'].includes(types.get(column)?.family ?? 'none');
  if (expression?.value.kind === 'string' && isProvenCheck(expression.value.text, isNumber)) return;
  throw unsupported(
    'the expression of this check, which MySQL writes in its own words',
    path,
    expression ?? check,
  );
}

function lastOf(value: HclExpression | undefined): string {
  return value?.kind === 'reference' ? (value.path.at(-1) ?? '') : '';
}

function numberOf(value: HclExpression | undefined): number | null {
  return value?.kind === 'number' ? Number(value.text) : null;
}
