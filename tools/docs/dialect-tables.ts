import { TYPES as MYSQL_TYPES } from '../../src/dialects/mariadb-stand-in/column-types.ts';
import { type Construct, FILE } from '../../src/dialects/mariadb-stand-in/constructs.ts';
import { ROWS } from '../../src/dialects/mariadb-stand-in/rows.ts';
import { columnType, TYPES as POSTGRES_TYPES, typeCondition } from '../../src/steps/convert/column-types.ts';

/** What is rewritten where MariaDB stands in for MySQL, and on which way. */
export function rewriteTable(): string {
  const mark = (row: unknown) => (row === undefined ? '' : 'yes');
  return table(
    ['construct', 'HCL, on the way in', 'SQL, on the way out'],
    ROWS.map((row) => [row.construct, mark(row.in), mark(row.out)]),
  );
}

/** The blocks of an HCL schema that MariaDB can stand in for, with their attributes. */
export function allowedBlocks(): string {
  return table(['block', 'attributes'], blocksOf(FILE, ''));
}

function blocksOf({ blocks }: Construct, within: string): readonly string[][] {
  return Object.entries(blocks).flatMap(([name, inner]) => [
    [code(`${within}${name}`), Object.keys(inner.attributes).map(code).join(', ')],
    ...blocksOf(inner, `${within}${name}.`),
  ]);
}

/** The column types that MariaDB can stand in for. */
export function allowedTypes(): string {
  return [...Object.keys(MYSQL_TYPES), 'enum', 'set'].map(code).join(', ');
}

/** Lengths and precisions for types that differ by them. */
const SAMPLES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  varchar: [[32]],
  bpchar: [[2]],
  numeric: [[12, 2], [38, 18], []],
};

/** Each Postgres type with what a column of it becomes in SQLite. */
export function sqliteTypeTable(): string {
  const rows = Object.keys(POSTGRES_TYPES).flatMap((name) =>
    (SAMPLES[name] ?? [[]]).map((numbers) => {
      const typmods = numbers.map((ival) => ({ A_Const: { ival: { ival } } }));
      const typeName = { names: [{ String: { sval: name } }], typmods };
      const type = columnType(typeName, new Map(), 'text');
      const written = numbers.length === 0 ? name : `${name}(${numbers.join(',')})`;
      const condition = typeCondition('c', type, false);
      return [code(written), code(type.declaration), condition === null ? '' : code(condition)];
    }),
  );
  return table(['Postgres', 'SQLite', 'CHECK of a column c that is NOT NULL'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
