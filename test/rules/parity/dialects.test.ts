import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/rules/finding.ts';
import { observe } from '../../../src/rules/rules.ts';
import type { Evidence, TableShape } from '../../../src/verdict/evidence.ts';

const FACTS = { fixCommand: 'dbcheck fix', changed: new Set<string>() };

function table(dialect: string, name: string, line: number, columns: readonly string[]): TableShape {
  const path = `${dialect}.hcl`;
  return {
    name,
    location: { path, line, column: 1 },
    columns: columns.map((column, index) => ({
      name: column,
      location: { path, line: line + 1 + index, column: 3 },
    })),
  };
}

function schemas(postgres: readonly TableShape[], mysql: readonly TableShape[]): Evidence {
  return {
    kind: 'schema-parity',
    id: 'postgres/app',
    dialects: [
      { dialect: 'postgres', id: 'postgres/app', tables: postgres },
      { dialect: 'mysql', id: 'mysql/app', tables: mysql },
    ],
  };
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

describe('parity between dialects', () => {
  it('names a table where it stands, for the target that lacks it, in both directions', () => {
    const evidence = schemas(
      [table('postgres', 'a', 1, []), table('postgres', 'b', 9, [])],
      [table('mysql', 'b', 1, []), table('mysql', 'c', 5, [])],
    );
    expect(said(observe([evidence], FACTS, new Map()))).toEqual([
      'parity/table-missing mysql/app a postgres.hcl:1:1',
      'parity/table-missing postgres/app c mysql.hcl:5:1',
    ]);
  });

  it('names a column of a table that both have', () => {
    const evidence = schemas([table('postgres', 'a', 1, ['id', 'raw'])], [table('mysql', 'a', 1, ['id'])]);
    expect(said(observe([evidence], FACTS, new Map()))).toEqual([
      'parity/column-missing mysql/app a.raw postgres.hcl:3:3',
    ]);
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
