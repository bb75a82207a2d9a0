import { expect, it } from 'vitest';
import { conflictKind } from '../../src/plan/conflicts.ts';
import { laidOut } from './laid-out.ts';

const SQLC = 'tools/sqlc/sqlc_postgres.yml';
const TREE = {
  'tools/atlas/schemas/postgres/shop.hcl': '',
  'tools/sqlc/queries/orders.sql': '',
  [SQLC]: `version: "2"
sql:
  - engine: postgresql
    schema: schemas/postgres/shop.sql
    queries: queries
    gen: {go: {package: store, out: ../store, output_models_file_name: types.go}}
`,
};

it.each([
  ['a schema', 'tools/atlas/schemas/postgres/shop.hcl', false, 'source'],
  ['a query', 'tools/sqlc/queries/orders.sql', false, 'source'],
  ['an sqlc configuration', SQLC, false, 'source'],
  ['a pin', 'tools/atlas/go.mod', false, 'source'],
  ['a migration', 'tools/atlas/migrations/postgres/shop/1_initial.sql', false, 'output'],
  ['the checksums', 'tools/atlas/migrations/postgres/shop/atlas.sum', false, 'output'],
  ['an sqlc schema', 'tools/sqlc/schemas/postgres/shop.sql', false, 'output'],
  ['code with the mark', 'tools/store/orders.sql.go', true, 'output'],
  ['code of a name that the configuration gives', 'tools/store/types.go', false, 'output'],
  ['what people keep beside the code', 'tools/store/orders_test.go', false, 'other'],
  ['marked code of somebody else', 'cmd/orders.sql.go', true, 'other'],
])('%s in conflict', async (_, path, isMarked, kind) => {
  const { project, graph, configs } = await laidOut(TREE);
  const closure = { project, graph, headConfigFile: null, headConfigs: configs };
  expect(conflictKind(closure, configs, path, isMarked)).toBe(kind);
});
