import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../../src/config/dialect-names.ts';
import type { Observation } from '../../../src/rules/finding.ts';
import { observe } from '../../../src/rules/observe.ts';
import { readSchemaModel } from '../../../src/sources/read-schema-model.ts';
import type { Evidence } from '../../../src/verdict/evidence.ts';

const FACTS = { fixCommand: 'dbcheck fix', changed: new Set<string>() };

async function schemas(postgres: string, mysql: string): Promise<Evidence> {
  const member = async (dialect: DialectName, text: string) => {
    const model = await readSchemaModel([{ path: `${dialect}.hcl`, bytes: Buffer.from(text) }]);
    return { dialect, id: `${dialect}/app`, model };
  };
  const dialects = await Promise.all([member('postgres', postgres), member('mysql', mysql)]);
  return { kind: 'schema-parity', id: 'postgres/app', dialects };
}

type Queries = readonly (readonly [name: string, command: string])[];

function queries(postgres: Queries, mysql: Queries): Evidence {
  const listed = (dialect: 'postgres' | 'mysql', all: Queries) => ({
    dialect,
    id: `sqlc_${dialect}.yml`,
    queries: all.map(([name, command], index) => ({
      name,
      command,
      location: { path: `${dialect}.sql`, line: index + 1, column: 10 },
      parameters: null,
    })),
  });
  return {
    kind: 'query-parity',
    id: 'sqlc_postgres.yml',
    dialects: [listed('postgres', postgres), listed('mysql', mysql)],
  };
}

function said(observations: readonly Observation[]): readonly string[] {
  return observations.map(
    ({ rule, target, name, location }) =>
      `${rule} ${target} ${name} ${location.path}:${location.line}:${location.column}`,
  );
}

/** A table with an `id` and more. */
function table(name: string, body = ''): string {
  return `table "${name}" {
  column "id" {
    type = bigint
  }
  column "a" {
    type = int
  }
  column "b" {
    type = int
  }
  primary_key {
    columns = [column.id]
  }
${body}}
`;
}

async function found(postgres: string, mysql: string): Promise<readonly string[]> {
  return said(observe([await schemas(postgres, mysql)], FACTS, new Map()));
}

describe('parity between dialects', () => {
  it('names a table where it stands, for the target that lacks it, in both directions', async () => {
    expect(await found(table('a') + table('b'), table('b') + table('c'))).toEqual([
      'parity/table-missing mysql/app a postgres.hcl:1:1',
      'parity/table-missing postgres/app c mysql.hcl:15:1',
    ]);
  });

  it('names a column of a table that both have', async () => {
    const more = '  column "raw" {\n    type = int\n  }\n';
    expect(await found(table('a', more), table('a'))).toEqual([
      'parity/column-missing mysql/app a.raw postgres.hcl:14:3',
    ]);
  });

  it('does not compare tables of one name in several schemas', async () => {
    const twice = `table "x" "a" {\n}\ntable "y" "a" {\n}\n`;
    expect(await found(twice, table('a'))).toEqual([]);
  });

  it('names a query that one dialect lacks, and lets those commands go that it can not have', () => {
    const evidence = queries(
      [
        ['GetA', ':one'],
        ['CopyA', ':copyfrom'],
        ['PutA', ':batchexec'],
      ],
      [['GetB', ':many']],
    );
    expect(said(observe([evidence], FACTS, new Map()))).toEqual([
      'parity/query-missing sqlc_mysql.yml GetA postgres.sql:1:10',
      'parity/query-missing sqlc_postgres.yml GetB mysql.sql:1:10',
    ]);
  });

  it('compares what commands hand back, not their spelling', () => {
    const evidence = queries(
      [
        ['AddA', ':one'],
        ['PutA', ':exec'],
        ['GetA', ':one'],
        ['CopyA', ':copyfrom'],
      ],
      [
        ['AddA', ':execlastid'],
        ['PutA', ':execrows'],
        ['GetA', ':many'],
        ['CopyA', ':exec'],
      ],
    );
    expect(said(observe([evidence], FACTS, new Map()))).toEqual([
      'parity/query-command sqlc_mysql.yml GetA mysql.sql:3:10',
    ]);
  });
});

describe('parity/index-missing', () => {
  const index = (columns: string, more = ''): string =>
    `  index "i" {\n    columns = [${columns}]\n${more}  }\n`;
  const A = index('column.a');
  const AB = index('column.a, column.b');
  const BA = index('column.b, column.a');
  const UNIQUE_A = index('column.a', '    unique = true\n');
  const FOREIGN_KEY =
    '  foreign_key "f" {\n    columns     = [column.a]\n    ref_columns = [table.t.column.id]\n  }\n';

  it.each<[string, string, string, string | null]>([
    ['nothing there', A, '', 'mysql/app'],
    ['nothing here', '', A, 'postgres/app'],
    ['the same', A, A, null],
    ['an index that begins with the columns', A, AB, 'postgres/app'],
    ['the same columns in another order', AB, BA, null],
    ['a unique index instead of a plain one', A, UNIQUE_A, 'postgres/app'],
    [
      'a unique constraint for a unique index',
      UNIQUE_A,
      '  unique "u" {\n    columns = [column.a]\n  }\n',
      null,
    ],
    ['an index for the foreign key, which MySQL has by itself', A + FOREIGN_KEY, FOREIGN_KEY, null],
    ['an index that MySQL needs for the foreign key', FOREIGN_KEY, A + FOREIGN_KEY, null],
    ['more than the foreign key needs', FOREIGN_KEY, AB + FOREIGN_KEY, 'postgres/app'],
    ['a partial index', index('column.a', '    where = "a > 0"\n'), '', null],
    ['a partial index where a plain one is wanted', index('column.a', '    where = "a > 0"\n'), A, null],
    ['a kind that one dialect has', index('column.a', '    type = GIN\n'), '', null],
    ['an ordered index by its name', index('column.a', '    type = BTREE\n'), '', 'mysql/app'],
    ['an expression', '  index "i" {\n    on {\n      expr = "lower(a)"\n    }\n  }\n', '', null],
    [
      'an expression that may be about the column',
      '  index "i" {\n    on {\n      expr = "a + 0"\n    }\n  }\n',
      A,
      null,
    ],
    [
      'a part of a column',
      '',
      '  index "i" {\n    on {\n      column = column.a\n      prefix = 4\n    }\n  }\n',
      null,
    ],
    ['what leads the primary key', index('column.id'), '', null],
  ])('%s', async (_, postgres, mysql, lacks) => {
    const all = await found(table('t', postgres), table('t', mysql));
    expect(all.map((line) => line.split(' ')[1])).toEqual(lacks === null ? [] : [lacks]);
  });
});

describe('parity/nullability', () => {
  const column = (more: string): string => `  column "c" {\n    type = int\n${more}  }\n`;

  it.each<[string, string, string, boolean]>([
    ['null here alone', column('    null = true\n'), column(''), true],
    ['null there alone', column('    null = false\n'), column('    null = true\n'), true],
    ['a default and what is written out', column(''), column('    null = false\n'), false],
    ['what can not be told', column('    null = var.x\n'), column(''), false],
    ['a generated column', column('    null = true\n    as = "a + 1"\n'), column(''), false],
  ])('%s', async (_, postgres, mysql, differs) => {
    const all = await found(table('t', postgres), table('t', mysql));
    expect(all).toEqual(differs ? ['parity/nullability mysql/app t.c mysql.hcl:14:3'] : []);
  });

  it('knows that a key takes no NULL whatever is written', async () => {
    const loose = table('t').replace('type = bigint', 'type = bigint\n    null = true');
    expect(await found(loose, table('t'))).toEqual([]);
  });
});
