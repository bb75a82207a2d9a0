import { expect, it } from 'vitest';
import { fewAtOnce } from '../../src/process/few-at-once.ts';

it('gives what came of each in order, and has few at work at once', async () => {
  const items = Array.from({ length: 150 }, (_, index) => `item ${index}`);
  let atWork = 0;
  let most = 0;
  const made = await fewAtOnce(items, async (item, index) => {
    atWork += 1;
    most = Math.max(most, atWork);
    await new Promise(setImmediate);
    atWork -= 1;
    return `${item} at ${index}`;
  });
  expect(made).toEqual(items.map((item, index) => `${item} at ${index}`));
  expect(most).toBe(64);
});

it('gives nothing of nothing, and fails with the first that fails', async () => {
  expect(await fewAtOnce([], async () => 1)).toEqual([]);
  const failing = fewAtOnce([1, 2], async (item) => Promise.reject(new Error(`${item}`)));
  await expect(failing).rejects.toThrow('1');
});
