import { type Arm, execute, interleave, median } from '../paired.ts';
import { type Row, ratio } from '../row.ts';
import { type ByHand, byHand } from '../scenes/by-hand.ts';
import { ATLAS_TARGETS, type AtlasTarget, addColumn } from '../scenes/edits.ts';
import { type Bench, exampleRepository, type Repository } from '../setting.ts';

const ALL_DIALECTS = ['postgres', 'mysql', 'sqlite'];

export const regenerateRows: readonly Row[] = [
  ...ATLAS_TARGETS.map(oneTarget),
  {
    id: 'nine-targets',
    what: 'all nine targets, nothing cached',
    against: 'the same by hand, all of them',
    ...{ limit: 0.5, unit: 'x', runs: 7 },
    async measure(bench, runs) {
      const { repository, hand } = await setUp(bench, 'nine');
      const ours = withFreshColumns(repository, ATLAS_TARGETS, {
        prepare: () => {
          repository.git('add', '--all');
        },
        command: repository.dbcheck(['staged', '--no-cache'], 1),
      });
      const theirs = hand.script(ATLAS_TARGETS, ALL_DIALECTS);
      return compared(ours, withFreshColumns(repository, ATLAS_TARGETS, theirs), runs);
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
