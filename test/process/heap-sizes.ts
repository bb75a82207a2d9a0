import { getHeapSpaceStatistics } from 'node:v8';
import { collectBeforeGrowing } from '../../src/process/v8-settings.ts';

// Run by a test in a Node of its own, since the setting is the whole process's: prints how large each generation was at the most
// while garbage was made of which much lives for a while.
if (process.argv[2] === 'set') collectBeforeGrowing();
const sizeOf = (name: string): number =>
  getHeapSpaceStatistics().find(({ space_name: space }) => space === name)?.physical_space_size ?? 0;
const largest = { young: 0, old: 0 };
const alive: unknown[] = [];
for (let round = 0; round < 40; round += 1) {
  for (let index = 0; index < 100_000; index += 1) alive[index] = { index, list: [round] };
  largest.young = Math.max(largest.young, sizeOf('new_space'));
  largest.old = Math.max(largest.old, sizeOf('old_space'));
}
process.stdout.write(JSON.stringify(largest));
