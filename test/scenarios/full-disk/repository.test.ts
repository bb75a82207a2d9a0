import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SmallDisk } from '../../support/small-disk.ts';
import { staleCode, staleDatabases } from '../kills/stale-shops.ts';
import { type State, stateOf, temporaryFiles, tornParts } from '../kills/state.ts';
import { expectExit, type Shop } from '../shop.ts';
import { emptyDisk, shopOnDisk, unclearWords } from './shop-on-disk.ts';

const STAGE = ['fix', '--stage'] as const;
const PLAIN = ['fix'] as const;

/** How much room is left, as a share of what the run takes. */
const LEVELS = [
  ...[0, 0.12, 0.24, 0.36, 0.48, 0.6, 0.72, 0.84, 0.92, 0.97, 1].map((share) => ({ args: STAGE, share })),
  ...[0, 0.3, 0.6, 1].map((share) => ({ args: PLAIN, share })),
].map((level) => ({ ...level, name: `${level.args.join(' ')}, room for ${level.share * 100} %` }));

/** Where a run that met the full disk was stopped. */
type Stopped = 'at the objects' | 'on disk' | 'at the index' | 'not at all';
const STOPS = ['at the index', 'at the objects', 'not at all', 'on disk'] as const;

interface Undisturbed {
  readonly whole: State;
  /** Bytes of the disk. */
  readonly taken: number;
}

describe.each([
  { stale: 'code', make: staleCode, levels: LEVELS },
  { stale: 'databases', make: staleDatabases, levels: LEVELS.filter((_, at) => at % 2 === 0) },
])('a disk that is full of a repository with stale $stale', ({ make, levels }) => {
  let stale: Shop;
  let disk: SmallDisk;
  let old: State;
  const undisturbed = new Map<readonly string[], Undisturbed>();
  const seen = new Set<Stopped>();

  beforeAll(async () => {
    [stale, disk] = await Promise.all([withLargeIndex(make), emptyDisk()]);
    for (const args of [STAGE, PLAIN]) {
      // What the steps make is known then, so that a run writes nothing but its results.
      await stale.dbcheck([...args, '--dry-run']);
      undisturbed.set(args, await runUndisturbed(stale, disk, args));
    }
    old = await stateOf(stale);
  });
  afterAll(async () => {
    await disk.remove();
    await stale.remove();
  });

  test.each(levels)('$name', async ({ args, share }) => {
    const { whole, taken } = undisturbed.get(args) ?? { whole: old, taken: 0 };
    const shop = await shopOnDisk(stale, disk);
    await disk.fillUpTo(taken * share);
    const answer = await shop.dbcheck(args);
    const now = await stateOf(shop);
    expect(tornParts(now, old, whole)).toEqual([]);
    expect(await temporaryFiles(shop)).toEqual([]);
    const stopped = whereStopped(answer.stdout);
    seen.add(stopped);
    expect(answer.exitCode).toBe(stopped === 'not at all' ? 0 : 2);
    expect(stopped === 'not at all' ? [] : unclearWords(answer)).toEqual([]);

    await disk.fillUpTo(Number.POSITIVE_INFINITY);
    expectExit(await shop.dbcheck(args), 0);
    expect(await stateOf(shop)).toEqual(whole);
    expect(await temporaryFiles(shop)).toEqual([]);
  });

  test('runs were stopped at each of the things that they write', () => {
    expect([...seen].sort()).toEqual(STOPS);
  });

  test('a cache that has no room changes no answer', async () => {
    const shop = await shopOnDisk(stale, disk);
    await shop.dbcheck(['cache', 'clear']);
    await disk.fillUpTo(0);
    expectExit(await shop.dbcheck(['check']), 0);
    expectExit(await shop.dbcheck(['staged']), 1);
    expect(await readdir(join(shop.root, '.git/dbcheck')).catch(() => [])).toEqual([]);
  });
});

/** So that the index, written when the disk is, needs room of its own. */
async function withLargeIndex(make: () => Promise<Shop>): Promise<Shop> {
  const shop = await make();
  const names = Array.from({ length: 120 }, (_, at) => `unrelated/${'long-'.repeat(40)}${at}`);
  await shop.write(Object.fromEntries(names.map((name) => [name, ''])));
  await shop.git('add', '--', 'unrelated');
  return shop;
}

async function runUndisturbed(stale: Shop, disk: SmallDisk, args: readonly string[]): Promise<Undisturbed> {
  const shop = await shopOnDisk(stale, disk);
  const before = await statfs(disk.outside);
  expectExit(await shop.dbcheck(args), 0);
  const after = await statfs(disk.outside);
  // The old index stands beside the new one for a moment.
  const index = args === STAGE ? (await stat(shop.path('.git/index'))).size : 0;
  const taken = (before.bavail - after.bavail) * before.bsize + index;
  return { whole: await stateOf(shop), taken: taken + before.bsize };
}

function whereStopped(said: string): Stopped {
  if (said.includes('git hash-object failed')) return 'at the objects';
  if (said.includes("error[write-failed]: .git/index can't be written")) return 'at the index';
  return said.includes('error[') ? 'on disk' : 'not at all';
}
