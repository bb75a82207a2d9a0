import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Arm, execute, interleave, median } from '../paired.ts';
import { type Row, ratio } from '../row.ts';
import { addColumn } from '../scenes/edits.ts';
import { databaseName, manyDatabases } from '../scenes/many-databases.ts';
import { type Bench, PROJECT, type Repository } from '../setting.ts';

const FEW = 10;
const SOME = 100;
const MANY = 1000;
const BYTES_PER_MB = 1000 * 1000;
/** What may come on top of the memory for a tenth of the databases before it counts as growth. */
const GROWTH = 1.25;

export const scaleRows: readonly Row[] = [
  {
    id: 'databases',
    what: `one schema changed in a repository of ${MANY} databases, each with its own sqlc entry`,
    against: `the same with ${FEW}`,
    ...{ limit: 1.3, unit: 'x', runs: 15 },
    async measure(bench, runs) {
      const [few, some, many] = await Promise.all(
        [FEW, SOME, MANY].map((count) => manyDatabases(bench, count)),
      );
      if (few === undefined || some === undefined || many === undefined)
        throw new RangeError('no repository');
      const arms = { few: oneChange(few), some: oneChange(some), many: oneChange(many) };
      const samples = await interleave(arms, runs);
      const note = `${SOME} databases ${median(samples.some).toFixed(0)} ms`;
      return ratio(median(samples.many), median(samples.few), runs, note);
    },
  },
  {
    id: 'memory',
    what: `peak memory of dbcheck itself, ${MANY} databases checked in full`,
    against: `300 MB, and not growing: the same with ${SOME}`,
    ...{ limit: 300, unit: 'MB', runs: 1 },
    floor:
      'Memory: of each database its paths, its schemas and where it stands in the tree are held, or there would be nothing to compare. Reading a configuration of a thousand entries makes some 20 MB for a moment, and V8 keeps the pages.',
    async measure(bench, runs) {
      const [some, many] = [await memoryOf(bench, SOME), await memoryOf(bench, MANY)];
      const each = (larger: number, smaller: number) =>
        Math.round(((larger - smaller) * 1000) / (MANY - SOME));
      const note = `${each(many.peak, some.peak)} kB more for each database, of which ${each(many.held, some.held)} kB are held and the rest is not collected yet`;
      return {
        kind: 'measured',
        unit: 'MB',
        ours: many.peak,
        theirs: some.peak,
        value: many.peak,
        ...{ runs, note },
        ...(many.peak > some.peak * GROWTH ? { missing: 'the growth' } : {}),
      };
    },
  },
];

function oneChange(repository: Repository): Arm {
  return {
    prepare: async (round) => {
      repository.git('reset', '--quiet', '--hard');
      await addColumn(repository, `postgres/${databaseName(5)}`, round);
      repository.git('add', '--all');
    },
    command: repository.dbcheck(['staged'], 1),
  };
}

/** Megabytes of the process of dbcheck alone, in a check of everything. */
interface Memory {
  /** All that it had of the machine, at the most. */
  readonly peak: number;
  /** What it could not have done without, at the most: measured in a run of its own, in which V8 collects all the time. */
  readonly held: number;
}

async function memoryOf(bench: Bench, count: number): Promise<Memory> {
  const repository = await manyDatabases(bench, count);
  const check = repository.dbcheck(['check', '--no-cache']);
  const preload = pathToFileURL(join(PROJECT, 'bench/report-memory.mjs')).href;
  const report = join(await bench.scratch.folder('memory'), `${count}.txt`);
  const measured = async (flags: readonly string[]): Promise<number> => {
    execute({
      ...check,
      args: [...flags, '--import', preload, ...check.args],
      env: { ...check.env, BENCH_REPORT: report },
    });
    return Number(await readFile(report, 'utf8')) / BYTES_PER_MB;
  };
  return { peak: await measured([]), held: await measured(['--expose-gc']) };
}
