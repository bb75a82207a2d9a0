import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScratch, type Scratch } from '../../../src/process/scratch.ts';
import { converted, refusals } from './convert.ts';
import { sqlcGenerate } from './sqlc.ts';

/** SQLite's keywords, and those that only sqlc's grammar has. */
const WORDS =
  `abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade
case cast check collate column commit conflict constraint create cross current current_date current_time current_timestamp database
default deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive exists explain fail
filter first following for foreign from full generated glob group groups having if ignore immediate in index indexed initially inner
insert instead intersect into is isnull join key last left like limit match materialized natural no not nothing notnull null nulls of
offset on or order others outer over partition plan pragma preceding primary query raise range recursive references regexp reindex
release rename replace restrict returning right rollback row rows savepoint select set table temp temporary then ties to transaction
trigger unbounded union unique update using vacuum values view virtual when where window with without first_value row_number rank
dense_rank percent_rank cume_dist ntile lag lead last_value nth_value true false strict stored rowid oid name status user`.split(
    /\s+/,
  );
const OTHERS = ['Mixed', 'with space', 'über', '2nd', "it's", 'semi;colon', '--dash', 'a.b', '$', '[x]', '`'];

let scratch: Scratch;
beforeAll(async () => {
  scratch = await createScratch();
});
afterAll(async () => {
  await scratch.remove();
});

describe('names', () => {
  it('that are keywords of SQLite or sqlc, or no plain words, are read by both', async () => {
    const columns = [...WORDS, ...OTHERS];
    const list = columns.map((name) => `"${name}" bigint NOT NULL DEFAULT 1 CHECK ("${name}" > 0)`);
    const sqlite = await converted(`CREATE TABLE "order" (${list.join(',\n')});`);
    const folder = await scratch.folder('names');
    await writeFile(join(folder, 'schema.sql'), sqlite);
    await writeFile(
      join(folder, 'query.sql'),
      '-- name: One :one\nSELECT "group", "Mixed", status FROM "order";\n',
    );
    const gen = { json: { out: '.', filename: 'seen.json' } };
    await sqlcGenerate(folder, [{ engine: 'sqlite', schema: 'schema.sql', queries: 'query.sql', gen }]);
    const seen = await readFile(join(folder, 'seen.json'), 'utf8');
    const table = /"name": "order"[\s\S]*?"columns": \[([\s\S]*?)\n {12}\]/.exec(seen)?.[1] ?? '';
    const read = [...table.matchAll(/^ {16}"name": (".*"),$/gm)].map(([, name = '']) => JSON.parse(name));
    expect(read).toEqual(columns);
  });

  it.each([
    ['"sqlite_x"', 'SQLite keeps names that begin with sqlite_ for itself'],
    ['"back\\slash"', "sqlc can't read the name"],
    ['"quo""te"', "sqlc can't read the name"],
  ])('%s are refused', async (name, reason) => {
    const problems = await refusals(
      `CREATE TABLE t (${name} text NULL);\nCREATE TABLE ${name} (x text NULL);`,
    );
    expect(problems).toHaveLength(2);
    for (const problem of problems) expect(problem).toContain(reason);
    expect(problems[0]).toMatch(/^1:17 column /);
    expect(problems[1]).toMatch(/^2:1 table /);
  });
});
