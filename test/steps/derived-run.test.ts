import { expect, it } from 'vitest';
import { noMemory } from '../../src/cache/step-memory.ts';
import { planSteps } from '../../src/plan/steps.ts';
import { findTargets } from '../../src/plan/targets.ts';
import { convertDatabase } from '../../src/steps/derived-run.ts';
import { defaultProject } from '../hooks/project.ts';

it('converts no pair of dialects that it was not made for', async () => {
  const project = defaultProject('', { derive: new Map([['mysql', 'postgres']]) });
  const paths = new Set(['tools/atlas/schemas/postgres/app.hcl', 'tools/sqlc/schemas/mysql/app.sql']);
  const graph = planSteps(project, findTargets(project, paths, paths), [], paths);
  const steps = graph.targets.find(({ id }) => id === 'mysql/app');
  if (steps?.kind !== 'derived') throw new Error('mysql/app is not derived');
  const nobody = () => Promise.reject(new Error('nothing is asked for'));
  const providers = {
    ...{ tool: nobody, server: nobody, isServerAlive: nobody, workspace: nobody },
    ...{ commandWorkspace: nobody, matching: nobody, serverIdentity: nobody, memory: noMemory() },
  };
  const input = {
    ...{ project, graph, targets: graph.targets, files: new Map(), headFiles: new Map(), providers },
    isFresh: () => false,
  };
  const source = {
    kind: 'made',
    schema: Buffer.from('CREATE TABLE t (id int);'),
    dialect: 'postgres',
    path: 'app.sql',
  } as const;
  const made = await convertDatabase({ input, limit: (work) => work() }, steps, source);
  expect(made).toMatchObject({
    kind: 'failed',
    error: { code: 'conversion-unsupported', message: "A postgres schema can't be converted to mysql" },
  });
});
