import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqlite } from '../../src/dialects/sqlite.ts';
import { converted } from '../steps/convert/convert.ts';

const SQL = `-- A comment; with a semicolon, and it's one
CREATE TABLE a (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- REFERENCES nothing
  "b;c" TEXT DEFAULT 'x;
REFERENCES y',
  CONSTRAINT f FOREIGN KEY (id) REFERENCES "t""2" (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (id) REFERENCES a (id)
);
/* two; */ CREATE UNIQUE INDEX "i on" ON a ("b;c") WHERE id > 0;
create table if not exists [t](x);
CREATE TRIGGER tr AFTER INSERT ON "t""2" BEGIN
  SELECT 1;
  SELECT 2;
END;
CREATE VIEW v AS SELECT 1; SELECT 3`;

describe('the SQLite dialect splits a schema', () => {
  it('into statements whose texts are the file, with their tables', async () => {
    const statements = await sqlite.splitSchema(SQL);
    expect(statements.map(({ text }) => text).join('')).toBe(SQL);
    expect(statements.map(({ object, references }) => [object?.name ?? null, references])).toEqual([
      ['a', ['t"2', 'a']],
      ['a', null],
      ['t', []],
      ['t"2', null],
      [null, null],
      [null, null],
    ]);
    expect(statements[0]?.text).toMatch(/^-- A comment;[\s\S]*\n\);\n$/);
    expect(statements[3]?.text).toMatch(/^CREATE TRIGGER [\s\S]*\nEND;\n$/);
  });

  it.each(['', '\n', '-- nothing\n', "CREATE TABLE t ('", '"', '/*', '[', ';;'])(
    '%j loses nothing',
    async (sql) => {
      expect((await sqlite.splitSchema(sql)).map(({ text }) => text).join('')).toBe(sql);
    },
  );

  it('loses nothing of any text', async () => {
    const pieces = fc.constantFrom(
      ...["'", '"', '`', '[', ']', ';', '\n', '--', '/*', '*/', ' ', 'CREATE', 'TABLE', 'é'],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(pieces).map((parts) => parts.join('')),
        async (sql) => {
          expect((await sqlite.splitSchema(sql)).map(({ text }) => text).join('')).toBe(sql);
        },
      ),
    );
  });

  it('that the conversion made into one statement for each object', async () => {
    const url = new URL('../../tools/sqlc/schemas/postgres/keygen.sql', import.meta.url);
    const statements = await sqlite.splitSchema(await converted(readFileSync(url, 'utf8')));
    const heads = statements.map(({ text }) => /^(?:--[^\n]*\n)*(CREATE [A-Z ]+)/.exec(text)?.[1]?.trim());
    expect(new Set(heads)).toEqual(new Set(['CREATE TABLE', 'CREATE INDEX', 'CREATE UNIQUE INDEX']));
    expect(statements.every(({ object }) => object !== null)).toBe(true);
    expect(statements.find(({ object }) => object?.name === 'seeds')?.references).toEqual([
      'master_keys',
      'wallets',
    ]);
  });
});
