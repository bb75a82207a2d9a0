import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk.ts';
import { staleCode, staleDatabases } from '../kills/stale-shops.ts';
import { stateOf } from '../kills/state.ts';
import { copyOf, type Report, type Shop } from '../shop.ts';
import { dbcheckBeside, emptyDisk, unclearWords } from './shop-on-disk.ts';

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/** A disk that is not the repository's, and how much room is left on it. */
interface Place {
  readonly name: string;
  readonly make: () => Promise<Shop>;
  readonly mount: () => Promise<SmallDisk>;
  readonly variables: (disk: SmallDisk) => Readonly<Record<string, string>>;
  readonly levels: readonly number[];
  /** What may stay there: nothing of a run. */
  readonly stays: readonly string[];
}

const PLACES: readonly Place[] = [
  {
    name: 'the folder of temporary files',
    make: staleCode,
    mount: () => emptyDisk(),
    variables: ({ inside }) => ({ TMPDIR: inside }),
    levels: [0, 4, 8, 16, 32, 48, 64, 80, 96, 128, 192].map((count) => count * KIBIBYTE),
    stays: [],
  },
  {
    name: 'the folder of private servers',
    make: staleDatabases,
    mount: () => mountSmallDisk('/dev/shm', 64 * MEBIBYTE),
    variables: ({ inside }) => ({ TMPDIR: inside }),
    levels: [0, 64, 256, 4096, 12_000, 20_000, 32_000, 40_000, 48_000].map((count) => count * KIBIBYTE),
    stays: [],
  },
  {
    name: 'the folder of the cache',
    make: staleDatabases,
    mount: () => emptyDisk(64),
    variables: ({ inside }) => ({ XDG_CACHE_HOME: inside }),
    levels: [0, 8, 1024, 16_000, 40_000].map((count) => count * KIBIBYTE),
    stays: ['dbcheck'],
  },
];

describe.each(PLACES)('a full disk that is $name', ({ make, mount, variables, levels, stays }) => {
  let stale: Shop;
  let disk: SmallDisk;
  let right: { readonly exitCode: number; readonly found: readonly string[] };

  beforeAll(async () => {
    [stale, disk] = await Promise.all([make(), mount()]);
    right = judged(await stale.dbcheck(['staged', '--no-cache', '--format', 'json']));
  });
  afterAll(async () => {
    await disk.remove();
    await stale.remove();
  });

  // A template of an earlier test would be of use to the next.
  beforeEach(async () => {
    for (const name of stays) await rm(join(disk.outside, name), { recursive: true, force: true });
  });

  test.each(levels)('staged gives the right verdict or the reason with %i bytes left', async (room) => {
    const call = { env: variables(disk) };
    await disk.fillUpTo(room);
    const answer = await dbcheckBeside(disk, stale, ['staged', '--no-cache', '--format', 'json'], call);
    const now = judged(answer);
    if (now.exitCode === 2) expect(unclearWords(answer)).toEqual([]);
    else expect(now).toEqual(right);
    expect(await left(disk, stays)).toEqual([]);
  });

  test.each(['staged', 'fix'])('%s is refused where there is no room at all', async (command) => {
    const shop = await copyOf(stale);
    onTestFinished(() => shop.remove());
    const before = await stateOf(shop);
    await disk.fillUpTo(0);
    const call = { env: variables(disk) };
    const args = command === 'fix' ? ['fix', '--stage', '--no-cache'] : [command, '--no-cache'];
    const answer = await dbcheckBeside(disk, shop, args, call);
    expect(answer.exitCode).toBe(2);
    expect(unclearWords(answer)).toEqual([]);
    if (command === 'staged') expect(await stateOf(shop)).toEqual(before);
  });
});

/** The verdict of a run: what it found, at which place. */
function judged({ exitCode, stdout }: Awaited<ReturnType<Shop['dbcheck']>>) {
  const { diagnostics }: Report = JSON.parse(stdout);
  return { exitCode, found: diagnostics.map(({ rule, location }) => `${rule} ${location.path}`).sort() };
}

/** What a run has left on a disk, half-made templates included. */
async function left(disk: SmallDisk, stays: readonly string[]): Promise<readonly string[]> {
  const names = (await readdir(disk.outside)).filter((name) => name !== '.filler' && !stays.includes(name));
  const kept = await Promise.all(
    stays.map((name) => readdir(join(disk.outside, name), { recursive: true }).catch(() => [])),
  );
  return [...names, ...kept.flat().filter((name) => name.includes('building-'))];
}
