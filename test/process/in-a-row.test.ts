import { expect, test } from 'vitest';
import { inARow } from '../../src/process/in-a-row.ts';

test('everything is done once and in order, and what else goes on has its turn meanwhile', async () => {
  const items = Array.from({ length: 400 }, (_, index) => index);
  const seen: string[] = [];
  const doing = inARow(items, (item, index) => {
    seen.push(`${item}`);
    return item * 10 + (item === index ? 1 : 0);
  });
  setImmediate(() => seen.push('other'));
  const done = await doing;

  expect(done).toEqual(items.map((item) => item * 10 + 1));
  expect(seen.filter((one) => one !== 'other')).toEqual(items.map(String));
  expect(seen.indexOf('other')).toBeGreaterThan(0);
  expect(seen.indexOf('other')).toBeLessThan(items.length);
});

test('of no items nothing comes, and a failure is told', async () => {
  expect(await inARow([], () => 1)).toEqual([]);
  const failing = inARow([1, 2], (item) => {
    throw new Error(`${item}`);
  });
  await expect(failing).rejects.toThrow('1');
});
