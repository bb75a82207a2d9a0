import { expect, test } from 'vitest';
import { narrowSqlc } from '../../src/plan/narrow.ts';
import type { StepGraph } from '../../src/plan/steps.ts';
import { gatherSources, type SeenEvidence, type SourceInput } from '../../src/sources/gather.ts';
import { readAnew } from '../../src/sources/query-evidence.ts';
import type { Evidence } from '../../src/verdict/evidence.ts';
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

async function input(tree: Tree = TREE): Promise<SourceInput & { readonly graph: StepGraph }> {
  const { project, graph } = await laidOut(tree);
  return {
    ...{ project, graph, targets: graph.targets, formatted: Promise.resolve(new Map()) },
    files: new Map(Object.entries(tree).map(([path, text]) => [path, Buffer.from(text)])),
    readQueries: readAnew,
  };
}

const SINGLE = new Set(['format', 'migrations', 'schema', 'queries']);

test('what is known of each source is handed over once, in order, and is not in the result then', async () => {
  const sources = await input();
  const all = await gatherSources(sources);
  const seen: SeenEvidence[] = [];
  const others = await gatherSources({ ...sources, see: (found) => seen.push(found) });
  expect(seen).toEqual(all.filter(({ kind }) => SINGLE.has(kind)));
  const ids = (kind: string) => seen.filter((found) => found.kind === kind).map(({ id }) => id);
  expect(ids('schema')).toEqual(NAMES.map((name) => `postgres/${name}`));
  expect(ids('queries')).toEqual(NAMES.map(() => SQLC));
  expect(others).toEqual(all.filter(({ kind }) => !SINGLE.has(kind)));
});

function queriesIn(evidence: readonly Evidence[]): readonly string[] {
  return evidence.flatMap((found) => (found.kind === 'queries' ? found.files.map(({ path }) => path) : []));
}

test('queries that can not be read are in the result, where sqlc has the last word', async () => {
  const sources = await input();
  const broken = 'tools/sqlc/queries/db05/q.sql';
  const files = new Map([...sources.files, [broken, Buffer.from('-- name: A :one\nSELEC 1;\n')]]);
  const seen: SeenEvidence[] = [];
  const others = await gatherSources({ ...sources, files, see: (found) => seen.push(found) });
  expect(queriesIn(others)).toEqual([broken]);
  expect(queriesIn(seen)).toHaveLength(NAMES.length - 1);
  expect(queriesIn(seen)).not.toContain(broken);
});

/** The same, with a configuration of its own for each database. */
const APART: Tree = {
  ...Object.fromEntries(Object.entries(TREE).filter(([path]) => path !== SQLC)),
  'dbcheck.config.yaml': 'sqlc: {configs: ["configs/*/sqlc.yml"]}\n',
  ...Object.fromEntries(
    NAMES.map((name) => [
      `configs/${name}/sqlc.yml`,
      `version: "2"
sql:
  - engine: postgresql
    schema: ../../tools/sqlc/schemas/postgres/${name}.sql
    queries: ../../tools/sqlc/queries/${name}
    gen: {go: {package: p, out: gen}}
`,
    ]),
  ),
};

test.each([
  ['one configuration', TREE, 1],
  ['as many configurations', APART, NAMES.length],
])(
  'of many query files of %s the first are read ahead, and each other is seen before the next one is read',
  async (_, tree, configs) => {
    const sources = await input(tree);
    const events: string[] = [];
    let closed = 0;
    await gatherSources({
      ...sources,
      async readQueries(name) {
        const { read } = await readAnew(name);
        return {
          read(file) {
            events.push(`read ${file.path}`);
            return read(file);
          },
          async close() {
            closed += 1;
          },
        };
      },
      see: (found) => events.push(...queriesIn([found]).map((path) => `see ${path}`)),
    });
    const paths = NAMES.map((name) => `tools/sqlc/queries/${name}/q.sql`);
    const [ahead, later] = [paths.slice(0, 64), paths.slice(64)];
    expect(events).toEqual([
      ...ahead.map((path) => `read ${path}`),
      ...ahead.map((path) => `see ${path}`),
      ...later.flatMap((path) => [`read ${path}`, `see ${path}`]),
    ]);
    expect(closed).toBe(configs);
  },
);

test('a query file that several entries read is read once, however many there are', async () => {
  const shared = {
    ...TREE,
    [SQLC]: String(TREE[SQLC]).replaceAll(/queries: queries\/db0[01]\n/g, 'queries: queries/db69\n'),
  };
  const sources = await input(shared);
  const read: string[] = [];
  const evidence = await gatherSources({
    ...sources,
    async readQueries(name) {
      const opened = await readAnew(name);
      return {
        ...opened,
        read(file) {
          read.push(file.path);
          return opened.read(file);
        },
      };
    },
  });
  expect(queriesIn(evidence)).toHaveLength(NAMES.length);
  expect(read).toHaveLength(68);
  expect(new Set(read).size).toBe(68);
});

test('a configuration of which some entries are judged gives their queries, by a name of its own', async () => {
  const sources = await input();
  const whole = sources.graph.targets.find(({ id }) => id === SQLC);
  if (whole?.kind !== 'sqlc') throw new RangeError('no configuration');
  const names: string[] = [];
  const evidence = await gatherSources({
    ...sources,
    targets: [narrowSqlc(whole, new Set([5, 66]))],
    readQueries: (name) => {
      names.push(name);
      return sources.readQueries(name);
    },
  });
  const queries = evidence.filter((found) => found.kind === 'queries');
  expect(queries.flatMap(({ files }) => files.map(({ path }) => path))).toEqual([
    'tools/sqlc/queries/db05/q.sql',
    'tools/sqlc/queries/db66/q.sql',
  ]);
  expect(names).toEqual([`${SQLC} 5 66`]);
});
