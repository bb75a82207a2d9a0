import { expect, it } from 'vitest';
import { namedConstraints } from '../../src/sources/named-constraints.ts';

it.each([
  [
    'postgres',
    'INSERT INTO t (a) VALUES ($1) ON CONFLICT ON CONSTRAINT "uq_t_a" DO UPDATE SET a = 1',
    ['uq_t_a 56'],
  ],
  ['postgres', 'INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO NOTHING', []],
  ['postgres', '/*+ IndexScan(t idx_t_a) */ SELECT a FROM t', ['IndexScan 4', 't 14', 'idx_t_a 16']],
  ['postgres', "SELECT 'ON CONSTRAINT x' -- ON CONSTRAINT y", []],
  [
    'mysql',
    'SELECT a FROM t USE INDEX FOR ORDER BY (`i`, j) IGNORE KEY (k) WHERE a = 1',
    ['i 40', 'j 45', 'k 60'],
  ],
  ['mysql', 'SELECT a FROM t FORCE INDEX (PRIMARY)', ['PRIMARY 29']],
  ['mysql', 'INSERT INTO t (a) VALUES (?) ON DUPLICATE KEY UPDATE a = 1', []],
  ['mysql', 'SELECT /*+ NO_INDEX(t i) */ a FROM t', ['NO_INDEX 11', 't 20', 'i 22']],
  ['sqlite', 'SELECT a FROM t INDEXED BY idx_t_a WHERE a = 1', ['idx_t_a 27']],
] as const)('for %s, finds what %s names', (dialect, sql, expected) => {
  expect(namedConstraints(sql, dialect).map(({ name, start }) => `${name} ${start}`)).toEqual(expected);
});
