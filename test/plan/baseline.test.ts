import { describe, expect, it } from 'vitest';
import { baselinePath } from '../../src/plan/baseline.ts';
import { laidOut } from './laid-out.ts';

const DIR = 'tools/atlas/migrations/postgres/a';
const HCL = { 'tools/atlas/schemas/postgres/a.hcl': '' };
const files = (names: readonly string[]) => Object.fromEntries(names.map((name) => [`${DIR}/${name}`, '']));

async function baseline(snapshot: readonly string[], head: readonly string[]): Promise<string | undefined> {
  const { targets } = await laidOut({ ...HCL, ...files(snapshot) }, { ...HCL, ...files(head) });
  const [target] = targets;
  return target && baselinePath(target, '0_first.sql').slice(DIR.length + 1);
}

describe('baselinePath', () => {
  it.each([
    ['a fixed name where there is none', [], [], '0_first.sql'],
    ['the only one', ['7_a.sql', 'atlas.sum'], [], '7_a.sql'],
    ['the one in HEAD', ['1_new.sql', '2_old.sql'], ['2_old.sql'], '2_old.sql'],
    ['the oldest where several are in HEAD', ['3_c.sql', '2_b.sql'], ['2_b.sql', '3_c.sql'], '2_b.sql'],
    ['the oldest where none is', ['3_c.sql', '2_b.sql'], [], '2_b.sql'],
    ["HEAD's name where it was deleted", ['atlas.sum'], ['5_a.sql', 'atlas.sum'], '5_a.sql'],
    ['the new name where it was renamed', ['6_b.sql'], ['5_a.sql'], '6_b.sql'],
    ['none of a folder below', ['old/1_a.sql'], ['old/1_a.sql'], '0_first.sql'],
  ])('is %s', async (_, snapshot, head, expected) => {
    expect(await baseline(snapshot, head)).toBe(expected);
  });
});
