import { expect, test } from 'vitest';
import { narrowSqlc } from '../../src/plan/narrow.ts';
import type { StepGraph } from '../../src/plan/steps.ts';
import { gatherSources, type SourceInput } from '../../src/sources/gather.ts';
import { readQueryFile } from '../../src/sources/query-file.ts';
import type { SchemaEvidence } from '../../src/verdict/evidence.ts';
import { laidOut, type Tree } from '../plan/laid-out.ts';

const NAMES = Array.from({ length: 70 }, (_, index) => `db${String(index).padStart(2, '0')}`);
const TREE: Tree = {
  ...Object.fromEntries(
    NAMES.flatMap((name) => [
      [
        `tools/atlas/schemas/postgres/${name}.hcl`,
        `schema "public" {}\ntable "${name}" {\n  schema = schema.public\n}\n`,
      ],
      [`tools/sqlc/schemas/postgres/${name}.sql`, ''],
      [
        `tools/sqlc/queries/${name}/q.sql`,
        `-- name: Get${name} :one\nSELECT id FROM ${name} WHERE id = $1;\n`,
      ],
    ]),
  ),
  'tools/sqlc/sqlc_postgres.yml': `version: "2"\nsql:\n${NAMES.map(
    (name) => `  - engine: postgresql
    schema: schemas/postgres/${name}.sql
    queries: queries/${name}
    gen: {go: {package: p, out: ../gen/${name}}}
`,
  ).join('')}`,
};
const SQLC = 'tools/sqlc/sqlc_postgres.yml';

async function input(): Promise<SourceInput & { readonly graph: StepGraph }> {
  const { project, graph } = await laidOut(TREE);
  return {
    ...{ project, graph, targets: graph.targets, formatted: Promise.resolve(new Map()) },
    files: new Map(Object.entries(TREE).map(([path, text]) => [path, Buffer.from(text)])),
    readQueries: (_, files) =>
      Promise.all(files.map(({ path, bytes, dialect }) => readQueryFile(path, bytes, dialect))),
  };
}

test('each database is handed over once, in order, and is not in the result then', async () => {
  const sources = await input();
  const all = await gatherSources(sources);
  const seen: SchemaEvidence[] = [];
  const others = await gatherSources({ ...sources, seeSchema: (found) => seen.push(found) });
  expect(seen).toEqual(all.filter(({ kind }) => kind === 'schema'));
  expect(seen.map(({ id }) => id)).toEqual(NAMES.map((name) => `postgres/${name}`));
  expect(others).toEqual(all.filter(({ kind }) => kind !== 'schema'));
});

test('a configuration of which some entries are judged gives their queries, by a name of its own', async () => {
  const sources = await input();
  const whole = sources.graph.targets.find(({ id }) => id === SQLC);
  if (whole?.kind !== 'sqlc') throw new RangeError('no configuration');
  const names: string[] = [];
  const evidence = await gatherSources({
    ...sources,
    targets: [narrowSqlc(whole, new Set([5, 66]))],
    readQueries: (name, files) => {
      names.push(name);
      return sources.readQueries(name, files);
    },
  });
  const queries = evidence.filter((found) => found.kind === 'queries');
  expect(queries.flatMap(({ files }) => files.map(({ path }) => path))).toEqual([
    'tools/sqlc/queries/db05/q.sql',
    'tools/sqlc/queries/db66/q.sql',
  ]);
  expect(names).toEqual([`${SQLC} 5 66`]);
});
