import { loadModule, parseSync } from 'libpg-query';
import sqlite from 'node-sqlite3-wasm';
import { beforeAll, expect, it } from 'vitest';
import { RESERVED_WORDS } from '../../../src/rules/schema/reserved-words.ts';

/** Words that people like for names, besides every word of every list. */
const COMMON =
  'name status type value date time text level count state comment password role action begin trigger';
/** SQLite takes it for a column; behind CREATE TABLE it begins IF NOT EXISTS. */
const AMBIGUOUS = 'if';

const words = [
  ...new Set([...Object.values(RESERVED_WORDS).flatMap((list) => [...list]), ...COMMON.split(' ')]),
];

function accepts(run: (sql: string) => unknown, word: string): boolean {
  try {
    run(`CREATE TABLE t (${word} int)`);
    run(`CREATE TABLE ${word} (x int)`);
    return true;
  } catch {
    return false;
  }
}

beforeAll(() => loadModule());

it('are those of the grammar of Postgres', () => {
  const reserved = words.filter((word) => !accepts(parseSync, word));
  expect(reserved.toSorted()).toEqual([...RESERVED_WORDS.postgres].toSorted());
});

it('are those of SQLite', () => {
  const reserved = words.filter((word) => {
    const database = new sqlite.Database(':memory:');
    try {
      return !accepts((sql) => database.exec(sql), word);
    } finally {
      database.close();
    }
  });
  expect(reserved.filter((word) => word !== AMBIGUOUS).toSorted()).toEqual(
    [...RESERVED_WORDS.sqlite].toSorted(),
  );
});
