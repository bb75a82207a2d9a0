import type { DialectName } from '../../config/dialect-names.ts';

/** Where the examples of this family stand. */
export const PLACE: Readonly<Record<DialectName, string>> = {
  postgres: 'tools/atlas/schemas/postgres/shop.hcl',
  mysql: 'tools/atlas/schemas/mysql/shop.hcl',
  sqlite: 'tools/atlas/schemas/sqlite/shop.hcl',
};

/** The options of a rule, as a file of the examples. */
export function options(rule: string, given: string): Readonly<Record<string, string>> {
  return { 'dbcheck.config.yaml': `rules:\n  schema/${rule}: [warning, ${given}]\n` };
}

/** A Postgres schema of these blocks, in a tree of its own. */
export function postgres(...blocks: readonly string[]): Readonly<Record<string, string>> {
  return { [PLACE.postgres]: ['schema "public" {\n}\n', ...blocks].join('\n') };
}

/** The same in MySQL, where `schema.public` is `schema.shop`. */
export function mysql(...blocks: readonly string[]): Readonly<Record<string, string>> {
  const text = [
    'schema "shop" {\n  charset = "utf8mb4"\n  collate = "utf8mb4_0900_ai_ci"\n}\n',
    ...blocks,
  ].join('\n');
  return { [PLACE.mysql]: text.replaceAll('schema.public', 'schema.shop') };
}

/**
 * A table with a primary key `id`.
 *
 * @param columns each `NAME TYPE`
 * @param rest further blocks, indented as they stand in a table
 */
export function table(name: string, columns: readonly string[] = [], ...rest: readonly string[]): string {
  return keyless(name, ['id bigint', ...columns], '  primary_key {\n    columns = [column.id]\n  }', ...rest);
}

/** A table of these columns without a primary key. */
export function keyless(name: string, columns: readonly string[], ...rest: readonly string[]): string {
  const blocks = columns.map((column) => {
    const [, label, type] = /^(\S+) (.*)$/.exec(column) ?? [];
    return `  column "${label}" {\n    type = ${type}\n  }`;
  });
  return [`table "${name}" {`, '  schema = schema.public', ...blocks, ...rest, '}\n'].join('\n');
}

/** A block with `columns`: an index, or another one. */
export function over(block: string, ...columns: readonly string[]): string {
  return `  ${block} {\n    columns = [${columns.map((column) => `column.${column}`).join(', ')}]\n  }`;
}

/** A unique index. */
export function unique(name: string, ...columns: readonly string[]): string {
  return `  index "${name}" {\n    unique  = true\n    columns = [${columns.map((column) => `column.${column}`).join(', ')}]\n  }`;
}

/** A foreign key of one column to `id` of a table. */
export function key(name: string, column: string, target: string): string {
  return `  foreign_key "${name}" {\n    columns     = [column.${column}]\n    ref_columns = [table.${target}.column.id]\n  }`;
}

/** A check. */
export function check(name: string, expression: string): string {
  return `  check "${name}" {\n    expr = "${expression}"\n  }`;
}

/** Places in the example's Postgres schema: `12:3`. */
export function at(...places: readonly string[]): readonly string[] {
  return places.map((place) => `${PLACE.postgres}:${place}`);
}

/** The same in MySQL. */
export function inMysql(...places: readonly string[]): readonly string[] {
  return places.map((place) => `${PLACE.mysql}:${place}`);
}
