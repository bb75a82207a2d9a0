import { delimiter, join } from 'node:path';
import { type Arm, added, execute, interleave, median } from '../paired.ts';
import { type Outcome, type Row, ratio } from '../row.ts';
import { addColumn } from '../scenes/edits.ts';
import { copyOf, exampleRepository, type Repository } from '../setting.ts';

/** Fits a schema, which is staged once to see that a hook is at work: the timed commits don't show that. */
const GLOB = 'tools/atlas/schemas/**/*.hcl';

export const hookRows: readonly Row[] = [
  {
    id: 'hook-plain',
    what: 'a commit without database files, the plain git hook of `dbcheck init`, added to a commit with no hook',
    against: '`lefthook` with globs that do not match, added to the same',
    ...{ limit: 1 / 5, unit: 'x', runs: 200 },
    async measure(bench, runs) {
      const base = await exampleRepository(bench, 'hook-none');
      const ours = await copyOf(bench, base, 'hook-dbcheck');
      // Where nothing is to be written besides the hook, `init` ends with 0.
      execute(ours.dbcheck(['init']));
      const theirs = await copyOf(bench, base, 'hook-lefthook');
      await theirs.write(
        'lefthook.yml',
        `pre-commit:\n  commands:\n    schemas:\n      glob: "${GLOB}"\n      run: exit 1\n`,
      );
      commitAll(theirs);
      program(theirs, 'lefthook', ['install']);
      return addedTo({ base, ours, theirs }, runs);
    },
  },
  {
    id: 'hook-husky',
    what: 'the same under husky, added to husky with an empty `pre-commit`',
    against: '`lint-staged` with globs that do not match, added to the same',
    ...{ limit: 1 / 20, unit: 'x', runs: 40 },
    async measure(bench, runs) {
      const base = await exampleRepository(bench, 'husky-empty');
      await base.write('package.json', '{"private": true, "devDependencies": {"husky": "*"}}\n');
      program(base, 'husky', []);
      await base.write('.husky/pre-commit', '');
      commitAll(base);
      const ours = await copyOf(bench, base, 'husky-dbcheck');
      ours.git('rm', '--quiet', '.husky/pre-commit');
      execute(ours.dbcheck(['init']));
      commitAll(ours);
      const theirs = await copyOf(bench, base, 'husky-lint-staged');
      await theirs.write('.husky/pre-commit', 'lint-staged\n');
      await theirs.write('.lintstagedrc.json', JSON.stringify({ [GLOB]: 'false' }));
      commitAll(theirs);
      return addedTo({ base, ours, theirs }, runs);
    },
  },
];

interface Compared {
  readonly base: Repository;
  readonly ours: Repository;
  readonly theirs: Repository;
}

async function addedTo({ base, ours, theirs }: Compared, runs: number): Promise<Outcome> {
  await mustBlock(ours);
  await mustBlock(theirs);
  const samples = await interleave({ base: commit(base), ours: commit(ours), theirs: commit(theirs) }, runs);
  const [mine, other] = [added(samples.ours, samples.base), added(samples.theirs, samples.base)];
  return ratio(median(mine), median(other), runs, `the commit itself ${median(samples.base).toFixed(0)} ms`);
}

/** A commit of one file that no hook has to do with. */
function commit(repository: Repository): Arm {
  return {
    prepare: (round) => repository.write('notes.txt', `round ${round}\n`),
    command: {
      ...{ file: 'git', cwd: repository.root, env: terminal(repository), exitCode: 0 },
      args: ['commit', '--quiet', '--all', '--message', 'Note'],
    },
  };
}

/** A terminal's PATH does not lead into `node_modules/.bin`; there lefthook's hook would start Node to start lefthook. */
function terminal({ root, env }: Repository): NodeJS.ProcessEnv {
  const folders = (env['PATH'] ?? '').split(delimiter);
  return {
    ...env,
    PATH: folders.filter((folder) => folder !== join(root, 'node_modules/.bin')).join(delimiter),
  };
}

async function mustBlock(repository: Repository): Promise<void> {
  const { root, git } = repository;
  await addColumn(repository, 'postgres/keygen', 0);
  execute({
    ...{ file: 'git', cwd: root, env: terminal(repository), exitCode: 1 },
    args: ['commit', '--quiet', '--all', '--message', 'Refused'],
  });
  git('reset', '--quiet', '--hard');
}

function commitAll({ git }: Repository): void {
  git('add', '--all');
  git('commit', '--quiet', '--no-verify', '--message', 'Set it up');
}

function program({ root, env }: Repository, name: string, args: readonly string[]): void {
  execute({ file: name, args, cwd: root, env, exitCode: 0 });
}
