import { expect, it } from 'vitest';
import { switchedOff } from '../../src/commands/switched-off.ts';
import { loadProject } from '../../src/config/load.ts';
import { filesInMemory } from '../config/files-in-memory.ts';

const load = (config: string) =>
  loadProject(filesInMemory({ 'dbcheck.config.yaml': config }), { cwdPrefix: '', explicit: null, env: {} });

it('names every rule, step and place that the configuration leaves out', async () => {
  const project = await load(`
steps: {extract: off}
verify: [go build ./...]
rules: {generated/unclaimed: off, query/invalid: warning}
ignore: [{rule: schema/unformatted, path: 'old/**', reason: goes away}]
`);
  const always = ['the step extract', 'generated/unclaimed', 'schema/unformatted at old/**'];
  expect(switchedOff(project, { verifies: true, known: 0 })).toEqual(always);
  expect(switchedOff(project, { verifies: false, known: 0 })).toEqual([
    always[0],
    'verify',
    ...always.slice(1),
  ]);
});

it('names nothing where everything is default', async () => {
  expect(switchedOff(await load('staged: {unavailable: error}\n'), { verifies: true, known: 0 })).toEqual([]);
});
