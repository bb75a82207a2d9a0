import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { ALL_SCENARIOS } from './all-scenarios.ts';
import { documentedNames, scenarioDocument } from './scenario-table.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');
const DOCUMENT = join(PROJECT, 'docs/git-scenarios.md');

test('the table says what the tests hold', async () => {
  await expect(scenarioDocument(ALL_SCENARIOS)).toMatchFileSnapshot(DOCUMENT);
});

test('the rows are numbered from 1 to 60', () => {
  expect(ALL_SCENARIOS.map(({ number }) => number)).toEqual(
    Array.from({ length: 60 }, (_, index) => index + 1),
  );
});

test('every row has at least one command', () => {
  expect(ALL_SCENARIOS.filter(({ steps }) => steps.length === 0)).toEqual([]);
});

test('every row has exactly one test of its name, every test a row, and none is skipped', async () => {
  const vitest = join(PROJECT, 'node_modules/vitest/vitest.mjs');
  const list = [vitest, 'list', 'test/scenarios/commits/', '--json'];
  const { stdout } = await run(process.execPath, list, { cwd: PROJECT, env: process.env });
  const tests: readonly { name: string; file: string }[] = JSON.parse(stdout.toString());
  const played = tests.filter(({ file }) => file !== import.meta.filename).map(({ name }) => name);
  expect(played.toSorted()).toEqual(documentedNames(await readFile(DOCUMENT, 'utf8')).toSorted());
});
