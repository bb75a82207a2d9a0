import { type Command, execute, interleave, median } from '../paired.ts';
import { type Row, ratio } from '../row.ts';
import { addComment } from '../scenes/edits.ts';
import { exampleRepository, type Repository } from '../setting.ts';

export const startupRows: readonly Row[] = [
  {
    id: 'staged-known',
    what: '`dbcheck staged`, verdict known',
    against: '`node -e 0`',
    ...{ limit: 3, unit: 'x', runs: 30 },
    async measure(bench, runs) {
      const repository = await exampleRepository(bench, 'known');
      await addComment(repository, 'postgres/keygen');
      repository.git('add', '--all');
      // The first of them learns the verdict.
      execute(repository.dbcheck(['staged']));
      const ours = repository.dbcheck(['staged']);
      return againstNode(repository, ours, runs);
    },
  },
  {
    id: 'staged-nothing',
    what: '`dbcheck staged` by hand, nothing affected',
    against: '`node -e 0`',
    ...{ limit: 3, unit: 'x', runs: 30 },
    async measure(bench, runs) {
      const repository = await exampleRepository(bench, 'nothing');
      await repository.write('notes.txt', 'something else\n');
      repository.git('add', '--all');
      return againstNode(repository, repository.dbcheck(['staged']), runs);
    },
  },
];

/** Node itself, with nothing to do. */
export function bareNode({ root, env }: Repository): Command {
  return { file: process.execPath, args: ['-e', '0'], cwd: root, env, exitCode: 0 };
}

async function againstNode(repository: Repository, command: ReturnType<Repository['dbcheck']>, runs: number) {
  const samples = await interleave({ ours: { command }, theirs: { command: bareNode(repository) } }, runs);
  return ratio(median(samples.ours), median(samples.theirs), runs);
}
