import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Template, templateWithoutTools } from './build.ts';
import { situations } from './situation.ts';
import { STATES } from './states.ts';
import { inProcess, Tally, throughCli, tryOn } from './untouched.ts';

const IN_PROCESS = 200;
const THROUGH_CLI = 16;

let template: Template;
beforeAll(async () => {
  template = await templateWithoutTools();
});
afterAll(() => template.remove());

test('checking changes no byte of a repository, whatever it is in', { timeout: 0 }, async () => {
  const tally = new Tally();
  // A fixed seed, so that every state is sure to occur; `npm run test:soak` looks elsewhere each time.
  await tryOn({ template, situations, run: inProcess, tally }, { numRuns: IN_PROCESS, seed: 20 });
  expect(STATES.filter((state) => !tally.states.has(state))).toEqual([]);
  const answers = ['clean', 'tool-missing', 'index-unmerged'];
  expect([...tally.verdicts.keys()]).toEqual(expect.arrayContaining(answers));
});

test('nor does the built program', { timeout: 0 }, async () => {
  const tally = new Tally();
  await tryOn({ template, situations, run: throughCli, tally }, { numRuns: THROUGH_CLI });
  expect(tally.cases).toBe(THROUGH_CLI);
});
