import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openRepository } from '../../src/git/repository.ts';
import { writeFiles } from '../../src/git/worktree-write.ts';

/**
 * A program that writes files as `dbcheck fix` does.
 *
 * Arguments: the root of the repository; which file it watches, to kill itself as soon as this one is not what it was,
 * or `temporary` for the first temporary file, or nothing.
 */
const [cwd = '', watched] = process.argv.slice(2);
const sizeOf = (path: string) => statSync(join(cwd, path), { throwIfNoEntry: false })?.size;

/** Looks as often as the event loop turns; the writes go on beside it in other threads. */
function killWhen(changed: () => boolean): void {
  if (changed()) process.kill(process.pid, 'SIGKILL');
  setImmediate(killWhen, changed);
}

const repo = await openRepository({ cwd, env: process.env });
if (watched === 'temporary') {
  killWhen(() => readdirSync(join(cwd, 'out')).some((name) => name.endsWith('.tmp')));
} else if (watched !== undefined) {
  const before = sizeOf(watched);
  killWhen(() => sizeOf(watched) !== before);
}
const bytes = Buffer.alloc(4_000_000, 'n');
await writeFiles(repo, [
  { kind: 'write', path: 'out/atlas.sum', bytes },
  { kind: 'write', path: 'out/1.sql', bytes },
  { kind: 'write', path: 'out/2.sql', bytes },
  { kind: 'delete', path: 'out/old.sql' },
]);
process.exit(0);
