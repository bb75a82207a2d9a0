import { expect, it } from 'vitest';
import { withoutConditions } from '../../src/steps/sqlc-sqlite-schema.ts';

it('leaves out CHECK constraints and indexes, and keeps every other byte and each line where it was', () => {
  const sql = `-- CHECK (of a comment)
CREATE TABLE t (
  id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
  -- Why (b
  b TEXT NOT NULL DEFAULT 'CHECK (' CONSTRAINT named check (length(b) <= 2 AND b <> ')'),
  "check" INT,
  PRIMARY KEY (b), -- the key
  CONSTRAINT "chk b" CHECK (b IN (
    'a', 'b'
  )),
  UNIQUE (b)
);
CREATE INDEX i ON t (b) WHERE b <> ';';
CREATE UNIQUE INDEX IF NOT EXISTS j ON t (b);
CREATE TABLE u (a INT);
`;
  expect(withoutConditions(sql)).toBe(`-- CHECK (of a comment)
CREATE TABLE t (
  id INTEGER PRIMARY KEY AUTOINCREMENT ,
  -- Why (b
  b TEXT NOT NULL DEFAULT 'CHECK (' ,
  "check" INT,
  PRIMARY KEY (b)


,
  UNIQUE (b)
);


CREATE TABLE u (a INT);
`);
});

it.each([
  ['nothing', ''],
  ['no parenthesis', 'CREATE TABLE t (a INT CHECK'],
  ['a parenthesis without an end', 'CREATE TABLE t (a INT CHECK (a > 0'],
  ['an index without an end', 'CREATE INDEX i ON t (a)'],
  ['a quoted name', 'CREATE TABLE t ("CHECK" INT, [INDEX] INT);'],
])('leaves what it does not know as it is: %s', (_, sql) => {
  expect(withoutConditions(sql)).toBe(sql);
});
