import sqlite from 'node-sqlite3-wasm';
import { describe, expect, it } from 'vitest';
import { convert, converted } from './convert.ts';

describe('what is written', () => {
  it('is nothing for nothing', async () => {
    expect(await convert('')).toEqual({ kind: 'made', sql: '' });
    expect(await convert('\n-- nothing\n')).toEqual({ kind: 'made', sql: '' });
  });

  it('keeps every comment at what it is about', async () => {
    const sql = `CREATE TYPE "mood" AS ENUM ('a');
CREATE TABLE "t" ("id" bigint NOT NULL, "m" "mood" NULL, CONSTRAINT "p" PRIMARY KEY ("id"), CONSTRAINT "c" CHECK (id > 0));
CREATE INDEX "i" ON "t" ("m");
COMMENT ON SCHEMA "public" IS 'of the schema';
COMMENT ON TYPE "mood" IS 'of the type';
COMMENT ON TABLE "t" IS E'of the table;\\n\\nit''s */ long';
COMMENT ON COLUMN "t"."m" IS 'of the column';
COMMENT ON CONSTRAINT "c" ON "t" IS 'of the constraint';
COMMENT ON INDEX "i" IS 'of the index';
COMMENT ON INDEX "p" IS 'of the key';
`;
    expect(await converted(sql)).toBe(`-- of the schema
-- of the table;
--
-- it's */ long
CREATE TABLE t (
  id BIGINT NOT NULL CHECK (typeof(id) = 'integer'),
  -- of the column
  -- of the type
  m TEXT CHECK (m IN ('a')),
  -- of the key
  CONSTRAINT p PRIMARY KEY (id),
  -- of the constraint
  CONSTRAINT c CHECK (id > 0)
);
-- of the index
CREATE INDEX i ON t (m);
`);
  });

  it('orders tables by what they refer to, and lets a circle be', async () => {
    const sql = `CREATE TABLE "a" ("id" int NOT NULL, "b" int NULL, "z" int NULL, PRIMARY KEY ("id"),
  FOREIGN KEY ("z") REFERENCES "z" ("id"));
CREATE TABLE "b" ("id" int NOT NULL, "a" int NULL, PRIMARY KEY ("id"),
  CONSTRAINT "f" FOREIGN KEY ("a") REFERENCES "a" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "z" ("id" int NOT NULL, PRIMARY KEY ("id"));
ALTER TABLE "a" ADD CONSTRAINT "fk_b" FOREIGN KEY ("b") REFERENCES "b" ("id") ON DELETE SET DEFAULT;
`;
    const made = await converted(sql);
    expect([...made.matchAll(/^CREATE TABLE (\w)/gm)].map(([, name]) => name)).toEqual(['z', 'b', 'a']);
    expect(made).toContain('  CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES b (id) ON DELETE SET DEFAULT\n');
    expect(made).toContain('REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED\n');
  });

  it('has no schema names', async () => {
    const sql = `CREATE SCHEMA IF NOT EXISTS "app";
CREATE TYPE "app"."mood" AS ENUM ('a');
CREATE TABLE "app"."t" ("m" "app"."mood" NOT NULL DEFAULT 'a', "n" int NULL, UNIQUE ("n"));
CREATE INDEX "i" ON "app"."t" ("n" DESC NULLS LAST) INCLUDE ("m");
ALTER TABLE "app"."t" ADD CONSTRAINT "f" FOREIGN KEY ("n") REFERENCES "app"."t" ("n");
COMMENT ON COLUMN "app"."t" ."m" IS 'x';
`;
    expect(await converted(sql)).toBe(`CREATE TABLE t (
  -- x
  m TEXT NOT NULL DEFAULT 'a' CHECK (m IN ('a')),
  n INT CHECK (typeof(n) IN ('integer', 'null') AND n BETWEEN -2147483648 AND 2147483647),
  UNIQUE (n),
  CONSTRAINT f FOREIGN KEY (n) REFERENCES t (n)
);
CREATE INDEX i ON t (n DESC, m);
`);
  });

  it('numbers what is an identity or a serial, within its range', async () => {
    const sql = `CREATE TABLE "a" ("id" serial NOT NULL, "n" text NULL, PRIMARY KEY ("id"));
CREATE TABLE "b" ("id" bigint NOT NULL GENERATED ALWAYS AS IDENTITY, CONSTRAINT "b_pk" PRIMARY KEY ("id"));
`;
    const made = await converted(sql);
    expect(made).toContain(
      '  id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),\n',
    );
    expect(made).toContain('  id INTEGER CONSTRAINT b_pk PRIMARY KEY AUTOINCREMENT\n');
  });

  it('computes what Postgres computes, and fills uuids', async () => {
    const sql = `CREATE TABLE "t" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "a" int NOT NULL DEFAULT (1 + 1),
  "l" text NOT NULL DEFAULT lower('X'),
  "twice" int NULL GENERATED ALWAYS AS (a * 2) STORED,
  "low" text NULL GENERATED ALWAYS AS (lower((l)::text) || 'y'::text) STORED,
  PRIMARY KEY ("id")
);`;
    const db = new sqlite.Database();
    db.exec(await converted(sql));
    for (let row = 0; row < 50; row += 1) db.exec('INSERT INTO t DEFAULT VALUES');
    const rows = db.all('SELECT * FROM t');
    db.close();
    expect(rows).toHaveLength(50);
    for (const { id, ...others } of rows) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(others).toEqual({ a: 2, l: 'x', twice: 4, low: 'xy' });
    }
  });

  it('makes doubles of wide numerics where that is asked for', async () => {
    const sql = `CREATE TABLE "t" ("w" numeric(38,18) NOT NULL DEFAULT 0.5, CONSTRAINT "u" UNIQUE ("w"), CHECK (w > (0)::numeric));`;
    expect(await converted(sql, {}, { wideNumeric: 'real' })).toBe(`CREATE TABLE t (
  w NUMERIC NOT NULL DEFAULT 0.5 CHECK (typeof(w) NOT IN ('text', 'blob')),
  CONSTRAINT u UNIQUE (w),
  CHECK (w > 0)
);
`);
  });

  it('has parentheses where they mean something', async () => {
    const sql = `CREATE TABLE "t" ("a" int NULL, "b" boolean NULL, CHECK (
  ((a > 1) OR ((a < 2) AND (NOT (b OR (a = 3))))) AND ((a - (2 - 1)) > ((a - 2) - 1)) AND ((- (a + 1)) < (a * (1 + 2)))));`;
    expect(await converted(sql)).toContain(
      'CHECK ((a > 1 OR (a < 2 AND NOT (b OR a = 3))) AND a - (2 - 1) > a - 2 - 1 AND -(a + 1) < a * (1 + 2))',
    );
  });
});
