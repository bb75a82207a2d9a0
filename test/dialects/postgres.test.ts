import { describe, expect, it } from 'vitest';
import { postgres } from '../../src/dialects/postgres.ts';

const SQL = `-- Create enum type "kind"
CREATE TYPE "public"."kind" AS ENUM ('é', ';');
-- Create "a" table
CREATE TABLE "a" (
  "id" bigint NOT NULL,
  CONSTRAINT "fk" FOREIGN KEY ("id") REFERENCES "b" ("id") ON DELETE CASCADE,
  CONSTRAINT "self" FOREIGN KEY ("id") REFERENCES "a" ("id")
);
-- Create index "i" to table: "a"
CREATE INDEX "i" ON "a" ("id") WHERE ("id" > 0);
COMMENT ON TABLE "a" IS '-- no comment; é';
COMMENT ON COLUMN "a" ."id" IS 'x';
COMMENT ON INDEX "i" IS 'x';
COMMENT ON INDEX "public"."unknown" IS 'x';
COMMENT ON CONSTRAINT "self" ON "a" IS 'x';
COMMENT ON TYPE "public"."kind" IS 'x';
ALTER TABLE "public"."a" ADD CONSTRAINT "late" FOREIGN KEY ("id") REFERENCES "c" ("id");
CREATE SCHEMA "other";
`;
const A = { kind: 'table', name: 'a' };
const KIND = { kind: 'type', name: 'kind' };

describe('splitSchema of Postgres', () => {
  it('refuses what is no SQL', async () => {
    await expect(postgres.splitSchema('CREATE TABLE "a" ();\nx')).rejects.toMatchObject({
      code: 'sql-invalid',
      message: expect.stringContaining('syntax error at or near "x"'),
    });
  });

  it('names the object of every statement', async () => {
    expect((await postgres.splitSchema(SQL)).map(({ object }) => object)).toEqual([
      ...[KIND, A, A, A, A, A],
      null,
      ...[A, KIND, A],
      null,
    ]);
  });

  it('knows what a table refers to, and nothing else does', async () => {
    const references = (await postgres.splitSchema(SQL)).map((statement) => statement.references);
    expect(references.filter((found) => found !== null)).toEqual([['b', 'a']]);
  });

  it.each([
    ['as it is', SQL],
    ['without a last line end', SQL.trimEnd()],
    ['without a last semicolon', SQL.trimEnd().slice(0, -1)],
    ['with comments after the last statement', `${SQL}-- the end; really\n`],
    ['of one line', `${SQL.split('\n')[1]}\n`],
    ['with nothing but comments', '-- nothing\n'],
    ['empty', ''],
  ])('loses no byte of a schema %s', async (_, sql) => {
    const statements = await postgres.splitSchema(sql);
    expect(statements.map(({ text }) => text).join('')).toBe(sql);
  });
});
