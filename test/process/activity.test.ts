import { expect, test } from 'vitest';
import { atWork, criticalPath, startActivity } from '../../src/process/activity.ts';

/** Work that ends when it is told to, on a clock that is set by hand. */
function scripted() {
  let time = 0;
  const activity = startActivity('run', () => time);
  return {
    activity,
    at: (moment: number) => {
      time = moment;
    },
    begin(name: string, inside: (work: () => Promise<void>) => Promise<void> = (work) => work()) {
      let end = () => {};
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const done = activity.during(name, () => inside(() => ended));
      return { done, end };
    },
  };
}

test('The critical path leaves out what ran beside something longer', async () => {
  const { activity, at, begin } = scripted();
  const plan = begin('plan');
  const other = begin('other plan');
  at(3);
  other.end();
  await other.done;
  at(5);
  plan.end();
  await plan.done;
  const generate = begin('sqlc');
  at(9);
  generate.end();
  await generate.done;
  expect(criticalPath(activity.whole, 10)).toEqual({
    name: 'run',
    milliseconds: 10,
    parts: [
      { name: 'plan', milliseconds: 5, parts: [] },
      { name: 'sqlc', milliseconds: 4, parts: [] },
    ],
  });
});

test('What a piece of work calls in turn is a part of it, and the innermost is what is at work', async () => {
  const { activity, at, begin } = scripted();
  const server = begin('plan', (work) => activity.during('start a server', work));
  at(4);
  expect(atWork(activity.whole).map(({ name }) => name)).toEqual(['start a server']);
  server.end();
  await server.done;
  expect(criticalPath(activity.whole, 6).parts).toEqual([
    { name: 'plan', milliseconds: 4, parts: [{ name: 'start a server', milliseconds: 4, parts: [] }] },
  ]);
});

test('Work that fails has ended', async () => {
  const { activity, at } = scripted();
  const failing = activity.during('plan', async () => {
    at(2);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  at(7);
  expect(criticalPath(activity.whole, 7).parts).toEqual([{ name: 'plan', milliseconds: 2, parts: [] }]);
});
