import { failure } from '../../src/commands/failure.ts';
import { openRepository } from '../../src/git/repository.ts';
import { writeFiles } from '../../src/git/worktree-write.ts';
import { writeAndStage } from '../../src/git/write-and-stage.ts';
import { startActivity } from '../../src/process/activity.ts';

/**
 * A program that writes files as `dbcheck fix` (`plain`) or `dbcheck fix --stage` (`stage`) does, never as root, which no
 * permission stops. It prints the code of the error that stops it.
 *
 * Arguments: the root of the repository; `plain` or `stage`; the size of the last file.
 */
const [cwd = '', how, size = '10'] = process.argv.slice(2);
// As the program does: else the system ends it at a file that is too large.
process.on('SIGXFSZ', () => {});
// What is loaded on first use may be out of another user's reach.
await import('execa');
if (process.getuid?.() === 0) {
  process.setgid?.(65534);
  process.setuid?.(65534);
}
const writes = [
  { kind: 'write', path: 'out/1.sql', bytes: Buffer.from('new') },
  { kind: 'write', path: 'out/2.sql', bytes: Buffer.alloc(Number(size), 'n') },
  { kind: 'delete', path: 'out/old.sql' },
  { kind: 'write', path: 'out/atlas.sum', bytes: Buffer.from('new') },
] as const;
try {
  const repo = await openRepository({ cwd, env: process.env });
  await (how === 'stage' ? writeAndStage(repo, writes) : writeFiles(repo, writes));
} catch (error) {
  const options = { format: 'json', cwd, env: {}, config: null, targets: [], color: false } as const;
  const rest = {
    quiet: false,
    verbose: false,
    onProgress: () => {},
    onSources: () => {},
    interactive: false,
    useCache: true,
  };
  const { signal } = new AbortController();
  const activity = startActivity('dbcheck fix');
  process.stdout.write(failure(error, 'fix', { ...options, ...rest, signal, activity }).stdout);
  process.exitCode = 2;
}
