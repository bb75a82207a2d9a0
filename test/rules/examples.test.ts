import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../src/rules/rules.ts';
import { readRulePage } from '../../tools/docs/rule-pages.ts';
import { lintExample } from './lint-example.ts';

const SCENARIOS = new URL('../scenarios/', import.meta.url);

describe.each(RULE_IDS)('%s', (rule) => {
  it('finds in each bad example what its page says, and nothing else', async () => {
    const { bad } = await readRulePage(rule);
    for (const example of bad) {
      if (example.finds === null) continue;
      const expected = example.finds.map((place) => `${rule} ${place}`);
      expect(expected.length).toBeGreaterThan(0);
      expect([example.title, await lintExample(example, rule)]).toEqual([example.title, expected]);
    }
  });

  it('finds nothing in each good example, and neither does any other rule', async () => {
    const { good } = await readRulePage(rule);
    for (const example of good) {
      expect([example.title, await lintExample(example, rule)]).toEqual([example.title, []]);
    }
  });

  it('is proven by a scenario where an example can not show it', async () => {
    const { bad } = await readRulePage(rule);
    if (bad.some(({ finds }) => finds !== null)) return;
    const scenarios = await readdir(SCENARIOS, { recursive: true });
    const texts = await Promise.all(
      scenarios
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFile(new URL(file, SCENARIOS), 'utf8')),
    );
    expect(texts.some((text) => text.includes(`'${rule}`) || text.includes(`${rule}:`))).toBe(true);
  });
});

it('there is a page for each rule, and no other', async () => {
  const folder = new URL('../../src/rules/', import.meta.url);
  const files = await readdir(folder, { recursive: true });
  const pages = files.filter((file) => file.endsWith('.page.ts')).map((file) => file.slice(0, -8));
  expect(pages.toSorted()).toEqual(RULE_IDS.toSorted());
  for (const rule of RULE_IDS)
    expect([rule, existsSync(new URL(`${rule}.ts`, folder))]).toEqual([rule, true]);
});
