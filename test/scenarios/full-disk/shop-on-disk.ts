import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk.ts';
import { CLI, type Shop } from '../shop.ts';

const MEBIBYTE = 1024 * 1024;
/** How the system, git, sqlc and Postgres say it. */
const FULL = /no space left on device/i;
/** The next step that dbcheck gives. */
const MAKE_ROOM = /make room on (?:that disk|the disk that is full), then run the same command again/;
const STACK = /^\s+at .+:\d+:\d+\)?$/m;

/** A small disk in a temporary folder of its own, which everybody can enter. */
export async function emptyDisk(mebibytes = 32): Promise<SmallDisk> {
  const dir = await mkdtemp(join(tmpdir(), 'full-disk-'));
  // Root's private server runs as another user.
  await chmod(dir, 0o755);
  const disk = await mountSmallDisk(join(dir, 'disk'), mebibytes * MEBIBYTE);
  return {
    ...disk,
    async remove() {
      await disk.remove();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Copies a shop to a disk; whatever stood there before is gone. Files are read from outside, programs run inside. */
export async function shopOnDisk(original: Shop, disk: SmallDisk): Promise<Shop> {
  const root = join(disk.outside, 'repository');
  const cwd = join(disk.inside, 'repository');
  await rm(root, { recursive: true, force: true });
  await disk.fillUpTo(Number.POSITIVE_INFINITY);
  await cp(original.root, root, { recursive: true, verbatimSymlinks: true });
  return {
    ...original,
    root,
    path: (path) => Buffer.from(join(root, path)),
    async git(...args) {
      const { exitCode, stdout, stderr } = await disk.run('git', args, { cwd, env: original.env });
      if (exitCode !== 0) throw new Error(`git ${args.join(' ')} exited with ${exitCode}: ${stderr}`);
      return stdout.toString().replace(/\n$/, '');
    },
    dbcheck: (args, call = {}) => dbcheckBeside(disk, original, args, { ...call, cwd }),
  };
}

/** Runs the built dbcheck where it sees the disk. */
export async function dbcheckBeside(
  disk: SmallDisk,
  shop: Shop,
  args: readonly string[],
  call: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): ReturnType<Shop['dbcheck']> {
  const { exitCode, stdout, stderr } = await disk.run(process.execPath, [CLI, ...args], {
    cwd: call.cwd ?? shop.root,
    env: { ...shop.env, ...call.env },
  });
  return { exitCode, stdout: stdout.toString(), stderr };
}

/** What is wrong with what a run said that met a full disk: it names what happened and the next step, without a stack trace. */
export function unclearWords({ stdout, stderr }: Awaited<ReturnType<Shop['dbcheck']>>): readonly string[] {
  const said = stdout + stderr;
  return [
    ...(FULL.test(said) ? [] : ['it does not say that the disk is full']),
    ...(MAKE_ROOM.test(said) ? [] : ['it does not say what to do']),
    ...(STACK.test(said) || said.includes('error[internal]') ? ['it shows its own inside'] : []),
  ].map((what) => `${what}: ${said}`);
}
