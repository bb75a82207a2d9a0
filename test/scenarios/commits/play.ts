import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { copyOf, type Shop } from '../shop.ts';
import { hookedShop } from './hooked-shop.ts';
import type { Changes, Place, Scenario, Step } from './scenario.ts';
import { readState, withChanges } from './state.ts';

/** A test for each scenario, of its name: the hook chain in a real repository, with every column of every step held. */
export function playScenarios(scenarios: readonly Scenario[]): void {
  let fresh: Shop;
  beforeAll(async () => {
    fresh = await hookedShop();
  });
  afterAll(() => fresh.remove());

  test.for(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s',
    async ([, { arrange, steps }]) => {
      const shop = await copyOf(fresh);
      onTestFinished(() => shop.remove());
      // The copies have other times than the index knows of.
      await shop.git('update-index', '--refresh');
      const place = { root: shop.root, env: {}, ...(await arrange(shop)) };
      for (const step of steps) await playStep(step, shop, place);
    },
  );
}

async function playStep(step: Step, shop: Shop, place: Place): Promise<void> {
  const before = await readState(shop, place);
  const { exitCode, output } = await step.command.run(shop, place);
  const after = await readState(shop, place);
  const changed = (listing: 'headTree' | 'index' | 'disk', changes: Changes = {}) =>
    withChanges(before[listing], changes, shop, place, listing === 'disk' ? 'disk' : 'objects');

  const context = `${step.command.text}\n${output}`;
  expect({ exitCode, findings: findingsOf(output) }, context).toEqual({
    exitCode: step.exitCode,
    findings: step.findings ?? [],
  });
  expect(output).toContain(step.says ?? '');
  expect(output).not.toMatch(/error\[internal\]|^\s+at .+:\d+:\d+\)?$/m);
  expect(after.head === before.head ? 'stays' : 'moves', context).toBe(
    step.head === undefined ? 'stays' : 'moves',
  );
  expect(after.headTree, `HEAD after ${context}`).toEqual(await changed('headTree', step.head));
  expect(after.index, `the index after ${context}`).toEqual(await changed('index', step.index));
  expect(after.disk, `the disk after ${context}`).toEqual(await changed('disk', step.disk));
  expect(after.stash, `stashes after ${context}`).toEqual(step.stash ?? []);
  expect(after.status, `git status after ${context}`).toEqual(step.status ?? []);
  await step.also?.(shop);
  expect(after.locks, `locks after ${context}`).toEqual(before.locks);
}

/** `ID PATH` of each finding and error in the output, in order. */
export function findingsOf(output: string): readonly string[] {
  return output.split(/^(?=(?:error|warning)\[)/m).flatMap((block) => {
    const id = /^(?:error|warning)\[([^\]]+)\]/.exec(block)?.[1];
    const path = /^ +--> (.*?)(?::\d+)*$/m.exec(block)?.[1];
    return id === undefined ? [] : [path === undefined ? id : `${id} ${path}`];
  });
}
