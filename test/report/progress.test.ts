import { expect, test, vi } from 'vitest';
import { sayProgress } from '../../src/report/plain-progress.ts';
import { foundSoFar } from '../../src/report/progress.ts';
import { watcherOf } from '../../src/report/watch.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { withoutProgress } from '../support/progress-lines.ts';

const FINDING: Finding = {
  ...{
    id: 'a',
    rule: 'schema/naming',
    severity: 'warning',
    target: 'postgres/orders',
    diff: null,
    fix: null,
  },
  message: 'a name\nmore of it',
  location: { path: 'a\u001b.hcl', line: 3, column: 2 },
  ...{ because: 'x', folded: false },
};

test('What is found so far is a line each, without what follows from it, and not all of many', () => {
  expect(foundSoFar([])).toEqual([]);
  expect(foundSoFar([{ ...FINDING, folded: true }])).toEqual([]);
  expect(foundSoFar([FINDING])).toEqual([
    'found in the sources so far; the report follows:',
    '  warning[schema/naming]: a name ("a\\033.hcl":3:2)',
  ]);
  expect(foundSoFar(Array.from({ length: 7 }, () => FINDING))).toHaveLength(7);
  expect(foundSoFar(Array.from({ length: 7 }, () => FINDING)).at(-1)).toBe('  and 2 more');
});

test.each([
  ['a terminal', {}, { isTerminal: true }, 'terminal'],
  ['a terminal that asks for JSON', {}, { isTerminal: true, format: 'json' }, 'terminal'],
  ['a terminal that can take nothing back', { TERM: 'dumb' }, { isTerminal: true }, 'log'],
  ['CI that lends a terminal', { CI: '1' }, { isTerminal: true }, 'log'],
  ['a pipe', {}, {}, 'log'],
  ['a program', {}, { format: 'json' }, 'nobody'],
  ['somebody who wants quiet', {}, { isTerminal: true, quiet: true }, 'nobody'],
])('%s is told of progress in its own way', (_, env, where, watcher) => {
  expect(watcherOf(env, { isTerminal: false, quiet: false, format: 'pretty', ...where })).toBe(watcher);
});

test('A log gets a line each time that a run has taken twice as long, and what was found once', async () => {
  vi.useFakeTimers();
  const said: string[] = [];
  const whole = { name: 'dbcheck check', startedAt: performance.now(), endedAt: null, parts: [] };
  await vi.advanceTimersByTimeAsync(5000);
  let findings: readonly Finding[] = [];
  const run = {
    ...{ whole, steps: { planned: 4, known: 1, made: 0 } },
    findings: () => () => Promise.resolve(findings),
  };
  const progress = sayProgress(run, (text) => said.push(text));
  await vi.advanceTimersByTimeAsync(1000);
  findings = [FINDING];
  await vi.advanceTimersByTimeAsync(34_000);
  progress.stop();
  await vi.advanceTimersByTimeAsync(100_000);
  vi.useRealTimers();
  const at = (seconds: number) =>
    `dbcheck: at work for ${seconds} s: dbcheck check ${seconds}.0 s; 1 of 4 steps known\n`;
  const found = `dbcheck: ${foundSoFar([FINDING]).join('\n')}\n`;
  expect(said).toEqual([at(5), at(10), found, at(20), at(40)]);
  expect(withoutProgress(`before\n${said.join('')}after\n`)).toBe('before\nafter\n');
});
