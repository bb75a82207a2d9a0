import { expect, it } from 'vitest';
import { gatherTarget } from '../../src/commands/gather-target.ts';
import { laidOut } from '../plan/laid-out.ts';

const CONFIG = 'tools/sqlc/sqlc_postgres.yml';
const QUERIES = 'tools/sqlc/queries/postgres/q.sql';

/** What is said where sqlc refuses these queries with these words, each at the first line. */
async function refusedWith(queries: string, ...messages: string[]) {
  const tree = {
    [QUERIES]: queries,
    [CONFIG]: `version: "2"
sql:
  - {engine: postgresql, schema: s.sql, queries: queries/postgres, gen: {go: {package: p, out: go}}}
`,
  };
  const { project, graph } = await laidOut(tree);
  const [target] = graph.targets;
  if (target === undefined) throw new Error('no target');
  const problems = messages.map((message) => ({ path: QUERIES, line: 1, column: 1, message }));
  const gathered = await gatherTarget(
    {
      open: { project },
      regeneration: { results: new Map([[target.id, { kind: 'refused', problems }]]), conflicts: [] },
      toolbox: { tool: () => Promise.reject(new Error('a refused target asks for no tool')) },
    },
    target,
    { committed: new Map([[QUERIES, Buffer.from(queries)]]), head: new Map() },
    [],
  );
  const refused = gathered.evidence.find(({ kind }) => kind === 'refused');
  return refused?.kind === 'refused' ? refused.problems.map(({ message }) => message) : null;
}

const twice = (name: string) => `-- name: ${name} :one\nSELECT 1;\n`.repeat(2);

it('leaves duplicate names to the rule that finds them without sqlc', async () => {
  const syntax = 'syntax error at or near "SELEC"';
  expect(await refusedWith(twice('GetUser'), 'duplicate query name: GetUser', syntax)).toEqual([syntax]);
});

it('keeps duplicate names that sqlc alone sees', async () => {
  const unseen = 'duplicate query name: Unseen';
  expect(await refusedWith('SELECT 1;\n', unseen)).toEqual([unseen]);
  expect(await refusedWith(twice('GetUser'), 'duplicate query name: GetUser', unseen)).toEqual([unseen]);
});
