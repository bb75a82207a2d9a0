import { openRepository } from '../../src/git/repository.ts';
import { writeFiles } from '../../src/git/worktree-write.ts';

/**
 * A program that writes many files as `dbcheck fix` does.
 *
 * Arguments: the root of the repository; how many milliseconds after it began it kills itself, or nothing.
 */
const [cwd = '', delay] = process.argv.slice(2);
const repo = await openRepository({ cwd, env: process.env });
const bytes = Buffer.alloc(200_000, 'n');
const writing = writeFiles(repo, [
  { kind: 'write', path: 'out/atlas.sum', bytes },
  ...Array.from({ length: 40 }, (_, n) => ({ kind: 'write', path: `out/${n}.sql`, bytes }) as const),
  { kind: 'delete', path: 'out/old.sql' },
]);
if (delay !== undefined) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(delay));
await writing;
