import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { templateWithoutTools, templateWithTools } from './build.ts';
import { situations, situationsWithCommit } from './situation.ts';
import { STATES } from './states.ts';
import { Tally, type Trial, throughCli, tryOn } from './untouched.ts';

const { SOAK_CASES = '2000', SOAK_WITH_TOOLS = '200', SOAK_SEED, SOAK_PATH } = process.env;
const WITH_TOOLS = Number(SOAK_WITH_TOOLS);
const WITHOUT_TOOLS = Number(SOAK_CASES) - WITH_TOOLS;
const SEED = SOAK_SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(SOAK_SEED);

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Tries copies of one template in as many rows as there are processors; each row has a seed of its own. */
async function soak(trial: Omit<Trial, 'run'>, cases: number): Promise<void> {
  const rows = SOAK_PATH === undefined ? availableParallelism() : 1;
  const runs = Array.from({ length: rows }, (_, row) =>
    tryOn(
      { ...trial, run: throughCli },
      {
        ...{ numRuns: Math.floor((cases + row) / rows), seed: SEED + row },
        ...(SOAK_PATH === undefined ? {} : { path: SOAK_PATH }),
      },
    ),
  );
  // A failure says what repeats it; until then the other rows go on, so that nothing is removed under them.
  const failed = (await Promise.allSettled(runs)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

function counts(of: ReadonlyMap<string, number>): string {
  return [...of].map(([name, count]) => `${name} ${count}`).join(', ');
}

test('checking changes no byte of any repository', async () => {
  note(`the same cases again: SOAK_SEED=${SEED} npm run test:soak`);
  const tally = new Tally();
  for (const [make, arbitrary, cases] of [
    [templateWithoutTools, situations, WITHOUT_TOOLS],
    [templateWithTools, situationsWithCommit, WITH_TOOLS],
  ] as const) {
    if (cases === 0) continue;
    const template = await make();
    await soak({ template, situations: arbitrary, tally }, cases).finally(() => template.remove());
  }
  note(`states: ${counts(tally.states)}`);
  note(`answers: ${counts(tally.verdicts)}`);
  note(`${tally.cases} cases, ${tally.withTools} with tools, 0 changes`);
  if (SOAK_PATH !== undefined) return;
  expect(tally.cases).toBe(WITHOUT_TOOLS + WITH_TOOLS);
  expect(tally.withTools).toBeGreaterThanOrEqual(WITH_TOOLS);
  expect(STATES.filter((state) => !tally.states.has(state))).toEqual([]);
  expect([...tally.verdicts.keys()]).toEqual(expect.arrayContaining(['clean', 'findings', 'index-unmerged']));
});
