import { expect, it } from 'vitest';
import { queryNames } from '../../src/sources/query-names.ts';

it('finds the names that sqlc reads, at their places', () => {
  const text = [
    '-- name: GetA :one',
    'SELECT 1; -- name: NotThis :one',
    '# name: GetB :many',
    '/* name: GetC :exec */',
    '  --  name:  GetD  :batchone',
    '-- name: NoCommand',
    '-- names: GetE :one',
    '',
  ].join('\r\n');
  expect(queryNames(Buffer.from(text))).toEqual([
    { name: 'GetA', command: ':one', line: 1, column: 10 },
    { name: 'GetB', command: ':many', line: 3, column: 9 },
    { name: 'GetC', command: ':exec', line: 4, column: 10 },
    { name: 'GetD', command: ':batchone', line: 5, column: 14 },
  ]);
});
