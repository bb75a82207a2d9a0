import { expect, it } from 'vitest';
import { atSchemas } from '../../../src/steps/convert/schema-places.ts';

const FILES = [
  { path: 'app/a.hcl', bytes: Buffer.from('schema "public" {\n}\n') },
  {
    path: 'app/b.hcl',
    bytes: Buffer.from(`table "hosts" {
  column "ip" {
    type = inet
  }
  index "idx_ip" {
    columns = [column.ip]
  }
}
table "ip" {
}
`),
  },
];

it.each([
  ['hosts', 'app/b.hcl', 1, 1],
  ['hosts.ip', 'app/b.hcl', 2, 3],
  ['idx_ip', 'app/b.hcl', 5, 3],
  ['ip', 'app/b.hcl', 9, 1],
  ['hosts.gone', 'app/b.hcl', 1, 1],
  ['gone', 'app/a.hcl', null, null],
  [undefined, 'app/a.hcl', null, null],
])('puts %s at its block', async (object, path, line, column) => {
  const problem = { path: 'made.sql', line: 7, column: 8, message: 'no', object };
  expect(await atSchemas([problem], 'made.sql', FILES)).toEqual([{ path, line, column, message: 'no' }]);
});

it('leaves a problem of a file that people write where it is', async () => {
  const problem = { path: 'overrides/hosts.ip.sql', line: 1, column: 1, message: 'no' };
  expect(await atSchemas([problem], 'made.sql', FILES)).toEqual([problem]);
});
