import type { DialectName } from '../../config/dialect-names.ts';
import type { Column, ColumnReference } from '../../sources/schema-model.ts';
import type { Rule } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { columnMeant, tablesByName } from './resolve-names.ts';
import { wholeSchema } from './whole-schema.ts';

/** A foreign key between columns of different types. */
export const foreignKeyTypeMismatch: Rule = {
  severity: 'error',
  summary: 'A column has another type than the one that its foreign key refers to.',
  check: (evidence) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const tables = tablesByName(schema.model);
    return schema.model.tables.flatMap((table) =>
      table.foreignKeys.flatMap(({ columns, refColumns }) =>
        pairs(columns, refColumns).flatMap(([from, to]): readonly Sighting[] => {
          const column = columnMeant(from, table, tables);
          const referred = columnMeant(to, table, tables);
          if (column === null || referred === null || areAlike(column, referred, schema.dialect)) return [];
          const place = `${to.table?.name ?? table.name}.${to.column}`;
          const [type, wanted] = [column.type?.text, referred.type?.text];
          return [
            {
              target: schema.id,
              name: `${table.name}.${column.name}`,
              message: `column ${table.name}.${column.name} is ${type}, and ${place}, which it refers to, is ${wanted}`,
              location: column.type?.location ?? column.location,
              cause:
                'a database refuses such a key, or takes it and fails at a value that one of the two can not hold',
              diff: null,
              fix: `make it ${wanted}, or change the type of ${place}`,
            },
          ];
        }),
      ),
    );
  },
};

function pairs(
  columns: readonly ColumnReference[] | null,
  refColumns: readonly ColumnReference[] | null,
): readonly (readonly [ColumnReference, ColumnReference])[] {
  if (columns === null || refColumns === null || columns.length !== refColumns.length) return [];
  return columns.flatMap((from, index) => {
    const to = refColumns[index];
    return to === undefined ? [] : [[from, to] as const];
  });
}

/** Whether two columns can be a key, and where that can't be told. */
function areAlike(left: Column, right: Column, dialect: DialectName): boolean {
  const [one, other] = [left, right].map((column) => kindOf(column, dialect));
  return one == null || other == null || one === other;
}

/**
 * What has to be the same on both sides. The lengths of texts need not be, nor the parameters of numbers in Postgres;
 * in MySQL the size and the sign of numbers do (reference manual, FOREIGN KEY Constraints).
 */
function kindOf({ type, settings }: Column, dialect: DialectName): string | null {
  if (type?.reference?.kind === 'enum') return `enum ${type.reference.name}`;
  if (type?.base == null || type.text === null) return null;
  const family = FAMILIES[dialect]?.[type.base];
  if (family === undefined) return null;
  const unsigned = settings.get('unsigned') ?? 'false';
  if (dialect !== 'mysql' || !NUMBERS.has(family)) return family;
  if (unsigned !== 'true' && unsigned !== 'false') return null;
  const size = family === 'decimal' ? `(${type.arguments.join(',')})` : '';
  return `${family}${size}${unsigned === 'true' ? ' unsigned' : ''}`;
}

const NUMBERS = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal']);

/** Types by the words of HCL, each with the one that it is the same as. Others are not judged. */
const FAMILIES: Readonly<Partial<Record<DialectName, Readonly<Record<string, string>>>>> = {
  postgres: {
    ...{ smallint: 'smallint', int2: 'smallint', smallserial: 'smallint', serial2: 'smallint' },
    ...{ integer: 'integer', int: 'integer', int4: 'integer', serial: 'integer', serial4: 'integer' },
    ...{ bigint: 'bigint', int8: 'bigint', bigserial: 'bigint', serial8: 'bigint' },
    ...{ numeric: 'numeric', decimal: 'numeric' },
    ...{ text: 'text', varchar: 'text', character_varying: 'text', char: 'text', character: 'text' },
    ...{ uuid: 'uuid', boolean: 'boolean', bool: 'boolean', bytea: 'bytea', date: 'date' },
  },
  mysql: {
    ...{ tinyint: 'tinyint', bool: 'tinyint', boolean: 'tinyint' },
    ...{ smallint: 'smallint', mediumint: 'mediumint', int: 'int', bigint: 'bigint' },
    ...{ decimal: 'decimal', numeric: 'decimal' },
    ...{ char: 'text', varchar: 'text', binary: 'binary', varbinary: 'binary', date: 'date' },
  },
};
