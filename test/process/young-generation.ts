import { getHeapSpaceStatistics } from 'node:v8';
import { keepYoungGenerationSmall } from '../../src/process/v8-settings.ts';

// Run by a test in a Node of its own, since the setting is the whole process's: prints how large the young generation is after
// some garbage of which much lives for a while.
if (process.argv[2] === 'small') keepYoungGenerationSmall();
const alive: unknown[] = [];
for (let round = 0; round < 40; round += 1) {
  for (let index = 0; index < 20_000; index += 1) alive[index] = { index, list: [round] };
}
const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
process.stdout.write(String(space?.space_size));
