import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunResult, run } from '../../src/process/run.ts';

/** A disk of a few megabytes in memory, which only the programs that are run beside it see, and which really gets full. */
export interface SmallDisk {
  /** Where programs beside it find it. */
  readonly inside: string;
  /** Where this process finds it. */
  readonly outside: string;
  /** Takes all room but for this many bytes, rounded down to whole pages; what was taken before is given back. */
  fillUpTo(free: number): Promise<void>;
  /** Runs a program that sees the disk, as the user that the tests run as. */
  run(
    file: string,
    args: readonly string[],
    call: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  ): Promise<RunResult>;
  remove(): Promise<void>;
}

const FILLER = '.filler';
const IS_ROOT = process.getuid?.() === 0;

/**
 * Mounts a disk over a folder, in a mount namespace that ends with this process. Root makes the namespace itself, anybody
 * else in a user namespace of their own.
 *
 * @param folder made where it is not there
 * @throws Error that says what is missing where the system gives no such namespace: a test that needs one fails
 */
export async function mountSmallDisk(folder: string, bytes: number): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true });
  const holder = await holdNamespace(folder, bytes);
  const outside = join(`/proc/${holder.pid}/root`, folder);
  const filler = join(outside, FILLER);
  return {
    inside: folder,
    outside,
    async fillUpTo(free) {
      await rm(filler, { force: true });
      const { bavail, bsize } = await statfs(outside);
      const taken = Math.max(bavail - Math.floor(free / bsize), 0) * bsize;
      await writeFile(filler, Buffer.alloc(taken));
    },
    run: (file, args, { cwd, env }) => {
      // The folder to run in may be on the disk, where only programs inside can go.
      const there = ['sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', cwd, file];
      return run('nsenter', [...entering(holder), ...there, ...args], { cwd: '/', env });
    },
    async remove() {
      holder.stdin?.end();
      if (holder.exitCode === null && holder.signalCode === null) await once(holder, 'exit');
    },
  };
}

/** A process that keeps the namespace until its input ends, which it does with this process at the latest. */
async function holdNamespace(folder: string, bytes: number): Promise<ChildProcess> {
  const user = IS_ROOT ? [] : ['--map-root-user'];
  const script = 'mount -t tmpfs -o "size=$2,mode=1777" tmpfs "$1" && echo mounted && exec cat';
  const holder = spawn('unshare', ['--mount', ...user, 'sh', '-c', script, 'sh', folder, String(bytes)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const words: string[] = [];
  holder.stderr.on('data', (chunk) => words.push(String(chunk)));
  const isMounted = await Promise.race([
    once(holder.stdout, 'data').then(() => true),
    once(holder, 'exit').then(() => false),
    once(holder, 'error').then(([error]) => {
      words.push(String(error));
      return false;
    }),
  ]);
  if (isMounted) return holder;
  throw new Error(
    `these tests need a small disk of their own: Linux with unshare, nsenter and mount (util-linux), and the right to make a mount namespace (as root CAP_SYS_ADMIN, else user namespaces)\n${words.join('')}`,
  );
}

/** Nobody but root is root in there: of root, dbcheck wants a server that runs as somebody else. */
function entering({ pid }: ChildProcess): readonly string[] {
  const target = ['--target', String(pid), '--mount'];
  if (IS_ROOT) return [...target, '--'];
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  const mapped = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`];
  return [...target, '--user', '--preserve-credentials', '--', ...mapped, '--'];
}
