import { type Arm, execute, interleave, median } from '../paired.ts';
import { type Row, ratio } from '../row.ts';
import { type ByHand, byHand, toolPaths } from '../scenes/by-hand.ts';
import { ATLAS_TARGETS, type AtlasTarget, addColumn } from '../scenes/edits.ts';
import { type Bench, exampleRepository, type Repository } from '../setting.ts';

const ALL_DIALECTS = ['postgres', 'mysql', 'sqlite'];

const ONE_FLOOR = [
  'One schema, nothing cached: what an sqlc schema leaves out is known from all databases of its package, so that dbcheck plans and replays',
  'three where the script does one. A server has to start, Atlas has to plan and then to replay, and sqlc has to read what comes of it, one',
  'after another in both. For MySQL these and the start of Node alone take longer than 0.7 of the script; for Postgres half of the time after',
  "the replay is sqlc's reader of SQLite. Where earlier commits were checked, as they are where the hook is installed, the steps of the other",
  'databases are known: that time stands beside the ratio.',
].join(' ');
const NINE_FLOOR = [
  'All nine targets, nothing cached: the same programs run as by hand, six plans, six replays, two servers and three runs of sqlc, and both',
  'processors are busy for nine tenths of the time. Half of the time by hand would take programs that lose nothing side by side; the row shows',
  'what they gain on this machine when they have nothing else to do.',
].join(' ');

export const regenerateRows: readonly Row[] = [
  ...ATLAS_TARGETS.map(oneTarget),
  {
    id: 'nine-targets',
    what: 'all nine targets, nothing cached',
    against: 'the same by hand, all of them',
    ...{ limit: 0.5, unit: 'x', runs: 7 },
    floor: NINE_FLOOR,
    async measure(bench, runs) {
      const { repository, hand } = await setUp(bench, 'nine');
      const ours = withFreshColumns(repository, ATLAS_TARGETS, {
        prepare: () => {
          repository.git('add', '--all');
        },
        command: repository.dbcheck(['staged', '--no-cache'], 1),
      });
      const theirs = withFreshColumns(repository, ATLAS_TARGETS, hand.script(ATLAS_TARGETS, ALL_DIALECTS));
      const { after, beside } = startsOf(repository);
      const samples = await interleave({ ours, theirs, after, beside }, runs);
      const gain = (median(samples.beside) / median(samples.after)).toFixed(2);
      const note = `of programs alone, two at a time take ${gain} × of one after another`;
      return ratio(median(samples.ours), median(samples.theirs), runs, note);
    },
  },
  {
    id: 'fix-after-refusal',
    what: '`dbcheck fix --stage` right after a refused commit',
    against: 'the same by hand',
    ...{ limit: 0.2, unit: 'x', runs: 9 },
    async measure(bench, runs) {
      const { repository, hand } = await setUp(bench, 'fix');
      // In both, since a column of one dialect alone is a finding that no command mends.
      const targets: readonly AtlasTarget[] = ['postgres/keygen', 'mysql/keygen'];
      const ours = withFreshColumns(repository, targets, {
        prepare: () => {
          repository.git('add', '--all');
          execute(repository.dbcheck(['staged'], 1));
        },
        command: repository.dbcheck(['fix', '--stage']),
      });
      const theirs = withFreshColumns(repository, targets, hand.script(targets, ALL_DIALECTS));
      return compared(ours, theirs, runs);
    },
  },
];

function oneTarget(target: AtlasTarget): Row {
  return {
    id: `schema-${target.replace('/', '-')}`,
    what: `\`dbcheck staged --no-cache\`, the schema of ${target} changed`,
    against: 'by hand: server start, `atlas migrate diff`, replay, `sqlc generate`',
    ...{ limit: 0.7, unit: 'x', runs: 7 },
    floor: ONE_FLOOR,
    async measure(bench, runs) {
      const { repository, hand } = await setUp(bench, target.replace('/', '-'));
      const staged = (...options: readonly string[]) =>
        withFreshColumns(repository, [target], {
          prepare: () => {
            repository.git('add', '--all');
          },
          command: repository.dbcheck(['staged', ...options], 1),
        });
      // SQLite's schemas follow from those of Postgres.
      const sqlc = target.startsWith('postgres/') ? ['postgres', 'sqlite'] : ['mysql'];
      const theirs = withFreshColumns(repository, [target], hand.script([target], sqlc));
      const arms = { ours: staged('--no-cache'), usual: staged(), theirs };
      const samples = await interleave(arms, runs);
      const note = `where earlier commits were checked ${median(samples.usual).toFixed(0)} ms`;
      return ratio(median(samples.ours), median(samples.theirs), runs, note);
    },
  };
}

async function setUp(
  bench: Bench,
  name: string,
): Promise<{ readonly repository: Repository; readonly hand: ByHand }> {
  const repository = await exampleRepository(bench, name);
  return { repository, hand: await byHand(bench, repository, name) };
}

/** Atlas started a dozen times to say its version, one after another and two at a time: what two processors are worth here. */
function startsOf(repository: Repository): { readonly after: Arm; readonly beside: Arm } {
  const [atlas] = toolPaths(repository);
  const six = `for run in 1 2 3 4 5 6; do ${atlas} version >/dev/null; done`;
  const arm = (script: string): Arm => ({
    command: { file: 'sh', args: ['-c', script], cwd: repository.root, env: repository.env, exitCode: 0 },
  });
  return { after: arm(`${six}; ${six}`), beside: arm(`(${six}) & (${six}); wait`) };
}

/** An arm whose schemas have in each round a column that no earlier one had. */
function withFreshColumns(repository: Repository, targets: readonly AtlasTarget[], arm: Arm): Arm {
  return {
    ...arm,
    prepare: async (round) => {
      repository.git('reset', '--quiet', '--hard');
      for (const target of targets) await addColumn(repository, target, round);
      await arm.prepare?.(round);
    },
  };
}

async function compared(ours: Arm, theirs: Arm, runs: number) {
  const samples = await interleave({ ours, theirs }, runs);
  return ratio(median(samples.ours), median(samples.theirs), runs);
}
