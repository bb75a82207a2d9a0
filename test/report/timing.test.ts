import { expect, test } from 'vitest';
import { progressText } from '../../src/report/progress.ts';
import { timingTree } from '../../src/report/timing.ts';

const WHOLE = {
  ...{ name: 'dbcheck staged', startedAt: 0, endedAt: null },
  parts: [
    { name: 'read the snapshot', startedAt: 0, endedAt: 1, parts: [] },
    {
      ...{ name: 'plan postgres/keygen', startedAt: 10, endedAt: 900 },
      parts: [{ name: 'find atlas', startedAt: 10, endedAt: 300, parts: [] }],
    },
    { name: 'plan postgres/\u001b[2J', startedAt: 10, endedAt: null, parts: [] },
    { name: 'sqlc a.yml', startedAt: 900, endedAt: null, parts: [] },
    { name: 'sqlc b.yml', startedAt: 950, endedAt: null, parts: [] },
  ],
};

test('A tree of what was waited for, without what took no time', () => {
  const ended = { ...WHOLE, parts: WHOLE.parts.filter(({ endedAt }) => endedAt !== null) };
  expect(timingTree(ended, 1000)).toBe(
    [
      '   1.000 s  dbcheck staged',
      '   0.890 s    plan postgres/keygen',
      '   0.290 s      find atlas',
      '',
    ].join('\n'),
  );
});

test('A line of what is at work, which no name can break', () => {
  const at = 'plan postgres/\\x1b[2J 2.0 s, sqlc a.yml 1.1 s, 1 more';
  expect(progressText(WHOLE, 2010, { planned: 0, known: 0, made: 0 })).toBe(at);
  expect(progressText(WHOLE, 2010, { planned: 12, known: 5, made: 0 })).toBe(`${at}; 5 of 12 steps known`);
  expect(progressText(WHOLE, 2010, { planned: 1, known: 0, made: 1 })).toBe(
    `${at}; 0 of 1 step known, 1 made`,
  );
});
