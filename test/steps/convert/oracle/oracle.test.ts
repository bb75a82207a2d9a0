import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevServer } from '../../../../src/devdb/dev-server.ts';
import { openDevServer } from '../../../../src/devdb/open-dev-server.ts';
import { createScratch, type Scratch } from '../../../../src/process/scratch.ts';
import { withoutConditions } from '../../../../src/steps/sqlc-sqlite-schema.ts';
import { converted } from '../convert.ts';
import { sqlcGenerate } from '../sqlc.ts';
import { COLUMN_KINDS } from './column-kinds.ts';
import { PostgresSide } from './postgres-side.ts';
import { everyCondition, schemaArbitrary, type TestSchema, type TestTable } from './schema-arbitrary.ts';
import { SqliteSide } from './sqlite-side.ts';

const SCHEMAS = 500;
const SEED = 20_260_101;
const COMMENT = `it's "quoted"; -- /* and\nmore than a line`;

const schemas: readonly TestSchema[] = [
  ...Array.from({ length: SCHEMAS }, (_, number) =>
    fc.sample(schemaArbitrary(number), { numRuns: 1, seed: SEED + number }),
  ).flat(),
  // Which condition a generated schema has is left to chance; these have each of them.
  ...COLUMN_KINDS.map((kind, index) => everyCondition(kind, SCHEMAS + index)),
];

let scratch: Scratch;
let server: DevServer;
let postgres: PostgresSide;
const sqlite = new SqliteSide();
/** The schemas as Atlas would print them for Postgres, and converted. */
const printed: string[] = [];
const inSqlite: string[] = [];

beforeAll(async () => {
  scratch = await createScratch();
  server = await openDevServer('postgres', 'embedded', { scratch });
  postgres = await PostgresSide.open(await server.createDatabase('oracle', { qualified: false }));
  for (const schema of schemas) await postgres.create(schema);
  const tables = await postgres.tables();
  for (const schema of schemas) printed.push(asAtlasPrints(schema, tables));
  for (const sql of printed) inSqlite.push(await converted(sql));
  for (const sql of inSqlite) sqlite.create(sql);
});
afterAll(async () => {
  sqlite.close();
  await postgres?.close();
  await server?.close();
  await scratch?.remove();
});

describe(`${SCHEMAS} generated schemas`, () => {
  it('refuse and accept the same rows in Postgres and in SQLite, and hold the same then', async () => {
    const states = new Map<string, number>();
    for (const [index, schema] of schemas.entries()) {
      const [wanted, got] = [
        await postgres.run(schema.statements.map((statement) => statement.postgres)),
        sqlite.run(schema.statements.map((statement) => statement.sqlite)),
      ];
      for (const [at, { sqlite: statement }] of schema.statements.entries()) {
        const [state = '', reason = ''] = [wanted[at], got[at]];
        states.set(state, (states.get(state) ?? 0) + 1);
        const differs = (state === '') !== (reason === '');
        if (differs) expect.fail(told(index, `${statement}\nPostgres: ${state}\nSQLite: ${reason}`));
      }
      for (const table of schema.tables) {
        const [left, right] = [await contentInPostgres(table), contentInSqlite(table)];
        if (left.join('\n') !== right.join('\n')) {
          expect.fail(
            told(index, `${table.name}\nPostgres:\n${left.join('\n')}\nSQLite:\n${right.join('\n')}`),
          );
        }
      }
    }
    // Each kind of refusal, and acceptance, came up often enough to mean something.
    for (const [state, least] of Object.entries(LEAST)) {
      expect([state, states.get(state)]).toEqual([state, expect.toSatisfy((count) => count >= least)]);
    }
  });

  it("are read by sqlc's SQLite engine, which gives each column the Go type of its kind", async () => {
    const folder = await scratch.folder('sqlc');
    await writeFile(join(folder, 'queries.sql'), '-- name: One :one\nSELECT 1;\n');
    const entry = async (name: string, schemaFiles: readonly string[]) => {
      await mkdir(join(folder, name));
      for (const [index, text] of schemaFiles.entries()) {
        await writeFile(join(folder, name, `${String(index).padStart(3, '0')}.sql`), text);
      }
      const gen = { go: { package: 'db', out: `${name}_out` } };
      return { engine: 'sqlite', schema: name, queries: 'queries.sql', gen };
    };
    const halves = [0, 1].map((which) => inSqlite.filter((_, index) => index % 2 === which));
    const lean = halves.map((half) => half.map(withoutConditions));
    await sqlcGenerate(folder, [
      ...(await Promise.all(halves.map((half, which) => entry(`whole${which}`, half)))),
      ...(await Promise.all(lean.map((half, which) => entry(`lean${which}`, half)))),
    ]);
    const modelsOf = (name: string) => readFile(join(folder, `${name}_out`, 'models.go'), 'utf8');
    const models = await Promise.all([modelsOf('whole0'), modelsOf('whole1')]);
    // What is left out before sqlc reads a schema makes no difference to it.
    expect(await Promise.all([modelsOf('lean0'), modelsOf('lean1')])).toEqual(models);
    expect(lean.flat().filter((text) => /CHECK|INDEX/.test(withoutComments(text)))).toEqual([]);
    const structs = [...models.join('').matchAll(/^type \w+ struct \{\n([\s\S]*?)^\}/gm)].map(
      ([, fields = '']) => [...fields.matchAll(/^\t\S+ +(\S+)$/gm)].map(([, type = '']) => type),
    );
    const wanted = schemas.flatMap(({ tables }) => tables.map(({ columns }) => columns.map(goType)));
    expect(structs.map(String).sort()).toEqual(wanted.map(String).sort());
  });
});

/** How often each SQLSTATE has to come up at least. */
const LEAST = {
  ...{ '': 2000, '23502': 200, '23503': 200, '23505': 200, '23514': 200 },
  ...{ '22P02': 200, '22001': 100, '22003': 200 },
};

function withoutComments(sql: string): string {
  return sql.replaceAll(/^\s*--.*$/gm, '').replaceAll(/'(?:[^']|'')*'/g, '');
}

function asAtlasPrints({ enumType, tables }: TestSchema, printedTables: ReadonlyMap<string, string>): string {
  const [first] = tables;
  const comment = `COMMENT ON TABLE "${first?.name}" IS '${COMMENT.replaceAll("'", "''")}';\n`;
  const types = `CREATE TYPE "${enumType}" AS ENUM ('new', 'can''t', 'Done');\n`;
  // By name, so that a table may come before one that it refers to.
  const sorted = tables.map(({ name }) => printedTables.get(name) ?? '').sort();
  return `${types}${sorted.join('')}${comment}`;
}

async function contentInPostgres(table: TestTable): Promise<readonly string[]> {
  return normal(table, await postgres.rows(table));
}

function contentInSqlite(table: TestTable): readonly string[] {
  return normal(table, sqlite.rows(table));
}

function normal(
  { columns, identity }: TestTable,
  rows: readonly (readonly (string | number | bigint | Uint8Array | null)[])[],
): readonly string[] {
  return rows
    .map((row) =>
      row
        .map((value, index) => {
          if (value === null) return 'NULL';
          // Postgres spends a number on a row that it refuses, SQLite does not.
          if (identity && index === 0 && Number(value) > 0) return 'numbered';
          return columns[index]?.kind.normal(value);
        })
        .join(' | '),
    )
    .sort();
}

function goType({ kind, notNull }: TestTable['columns'][number]): string {
  if (notNull || kind.go === '[]byte') return kind.go;
  const nullable: Readonly<Record<string, string>> = {
    int64: 'sql.NullInt64',
    string: 'sql.NullString',
    bool: 'sql.NullBool',
    float64: 'sql.NullFloat64',
    'time.Time': 'sql.NullTime',
  };
  return nullable[kind.go] ?? 'unknown';
}

function told(index: number, what: string): string {
  return `schema ${index}\n${what}\n\n${printed[index]}\n${inSqlite[index]}`;
}
