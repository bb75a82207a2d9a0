import { chmod, chown, link, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'tsdown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stageFiles } from '../../src/git/stage.ts';
import { temporaryName } from '../../src/git/temporary-file.ts';
import { currentOwner, formatOwner } from '../../src/process/owner.ts';
import { run } from '../../src/process/run.ts';
import type { TestRepository } from '../support/repository.ts';
import { temporaryRepository } from '../support/repository.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let outDir = '';

beforeAll(async () => {
  // Inside the project, where its libraries are found.
  await mkdir(join(ROOT, '.scratch'), { recursive: true });
  outDir = await mkdtemp(join(ROOT, '.scratch', 'refused-write-'));
  const entry = { write: join(import.meta.dirname, 'refused-write.ts') };
  const quiet = { dts: false, logLevel: 'silent', report: false } as const;
  const output = { outDir, format: 'esm', platform: 'node', fixedExtension: false } as const;
  await build({ ...quiet, ...output, config: false, cwd: ROOT, entry });
});

afterAll(() => rm(outDir, { recursive: true, force: true }));

async function stale(more: Readonly<Record<string, string>> = {}): Promise<TestRepository> {
  const made = await temporaryRepository();
  const old = { 'out/1.sql': 'old', 'out/2.sql': 'old', 'out/old.sql': 'old', 'out/atlas.sum': 'old' };
  await made.commit({ ...old, ...more });
  // As root the program gives its rights away first.
  if (process.getuid?.() === 0) {
    const dir = join(made.root, '..');
    for (const path of ['', ...(await readdir(dir, { recursive: true }))])
      await chown(join(dir, path), 65534, 65534);
  }
  return made;
}

interface Outcome {
  readonly exitCode: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** @param blocks the largest size of a file, in the shell's blocks of 512 bytes or 1 KiB */
async function write(
  made: TestRepository,
  how: 'plain' | 'stage',
  size = 10,
  blocks?: number,
): Promise<Outcome> {
  const limit = blocks === undefined ? '' : `ulimit -f ${blocks}; `;
  const args = ['-c', `${limit}exec "$0" "$@"`, process.execPath, join(outDir, 'write.js')];
  const call = { cwd: made.root, env: made.env };
  const { exitCode, stdout, stderr } = await run('sh', [...args, made.root, how, String(size)], call);
  expect(stderr).toBe('');
  const report: { errors: { code: string; message: string }[] } =
    stdout.length === 0 ? { errors: [] } : JSON.parse(stdout.toString());
  return { exitCode, code: report.errors[0]?.code, message: report.errors[0]?.message };
}

/** The first letters of each file on disk, and those of the index that differ from HEAD. */
async function state(made: TestRepository): Promise<string> {
  const names = ['1.sql', '2.sql', 'old.sql', 'atlas.sum'];
  const disk = names.map(async (name) =>
    String(await made.read(`out/${name}`).catch(() => 'gone')).slice(0, 4),
  );
  const git = await run('git', ['-c', 'safe.directory=*', 'diff', '--cached', '--name-only'], {
    cwd: made.root,
    env: { ...made.env, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' },
  });
  const staged = git.stdout
    .toString()
    .split('\n')
    .filter((path) => path !== '').length;
  return `${(await Promise.all(disk)).join(' ')}, ${staged} staged`;
}

const OLD = 'old old old old, 0 staged';
const WRITTEN = 'new nnnn gone new, 0 staged';
const STAGED = 'new nnnn gone new, 4 staged';

async function expectCompletes(made: TestRepository, how: 'plain' | 'stage'): Promise<void> {
  expect(await write(made, how)).toMatchObject({ exitCode: 0 });
  expect(await state(made)).toBe(how === 'stage' ? STAGED : WRITTEN);
  const left = [...(await readdir(made.path('out'))), ...(await readdir(made.path('.git')))];
  expect(left.filter((name) => name.startsWith('.dbcheck-') || name.endsWith('.lock'))).toEqual([]);
}

describe('where the system refuses, every file is old or new, and the next run completes:', () => {
  test.each(['plain', 'stage'] as const)('a read-only folder (%s)', async (how) => {
    const made = await stale();
    await chmod(made.path('out'), 0o555);
    expect(await write(made, how)).toMatchObject({ exitCode: 2, code: 'write-failed' });
    expect(await state(made)).toBe(OLD);
    await chmod(made.path('out'), 0o755);
    await expectCompletes(made, how);
  });

  test('a read-only object store', async () => {
    const made = await stale();
    for (const path of await readdir(made.path('.git/objects'), { withFileTypes: true }))
      await chmod(made.path(`.git/objects/${path.name}`), 0o555);
    await chmod(made.path('.git/objects'), 0o555);
    expect(await write(made, 'stage')).toMatchObject({ exitCode: 2, code: 'git-failed' });
    expect(await state(made)).toBe(OLD);
    for (const path of await readdir(made.path('.git/objects')))
      await chmod(made.path(`.git/objects/${path}`), 0o755);
    await chmod(made.path('.git/objects'), 0o755);
    await expectCompletes(made, 'stage');
  });

  test('a read-only git folder', async () => {
    const made = await stale();
    await chmod(made.path('.git'), 0o555);
    expect(await write(made, 'stage')).toMatchObject({
      ...{ exitCode: 2, code: 'write-failed' },
      message: expect.stringContaining(".git/index can't be written: EACCES"),
    });
    expect(await state(made)).toBe(WRITTEN);
    await chmod(made.path('.git'), 0o755);
    await expectCompletes(made, 'stage');
  });

  test('a file that is larger than any may be', async () => {
    const made = await stale();
    expect(await write(made, 'plain', 100_000, 32)).toMatchObject({
      ...{ exitCode: 2, code: 'write-failed' },
      message: expect.stringContaining("out/2.sql can't be written: EFBIG"),
    });
    expect(await state(made)).toBe('new old old old, 0 staged');
    await expectCompletes(made, 'plain');
  });

  test('the same, to be staged: then nothing has been written yet', async () => {
    const made = await stale();
    expect(await write(made, 'stage', 100_000, 32)).toMatchObject({
      ...{ exitCode: 2, code: 'system-refused' },
      message: expect.stringContaining('EFBIG'),
    });
    expect(await state(made)).toBe(OLD);
    await expectCompletes(made, 'stage');
  });

  test('an index that is larger than any file may be', async () => {
    const more = Array.from({ length: 1200 }, (_, at) => [`many/a-file-with-a-long-name-${at}`, '']);
    const made = await stale(Object.fromEntries(more));
    expect(await write(made, 'stage', 10, 32)).toMatchObject({ exitCode: 2, code: 'system-refused' });
    await expectCompletes(made, 'stage');
  });

  test('an index that another holds', async () => {
    const made = await stale();
    await writeFile(made.path('.git/index.lock'), '');
    expect(await write(made, 'stage')).toMatchObject({ exitCode: 2, code: 'index-locked' });
    expect(await state(made)).toBe(OLD);
    await rm(made.path('.git/index.lock'));
    await expectCompletes(made, 'stage');
  });
});

describe('a lock on the index', () => {
  /** What a run leaves that is killed while it holds the lock. */
  async function held(owner: string): Promise<TestRepository> {
    const made = await temporaryRepository();
    await made.commit({ a: 'old' });
    const written = `.git/${(await temporaryName()).replace(formatOwner(await currentOwner()), owner)}`;
    await writeFile(made.path(written), 'an index');
    await link(made.path(written), made.path('.git/index.lock'));
    return made;
  }
  const writes = [{ kind: 'write', path: 'a', bytes: Buffer.from('new') }] as const;

  test('of a run that was killed is removed by the next one', async () => {
    const { host } = await currentOwner();
    const made = await held(formatOwner({ pid: process.pid, start: '00000000', host }));
    await stageFiles(await made.open(), writes);
    expect(await made.git('show', ':a')).toBe('new');
    const left = (await readdir(made.path('.git'))).filter((name) => /^\.dbcheck-|\.lock$/.test(name));
    expect(left).toEqual([]);
  });

  test('of a run that lives is respected', async () => {
    const made = await held(formatOwner(await currentOwner()));
    await expect(stageFiles(await made.open(), writes)).rejects.toMatchObject({ code: 'index-locked' });
    expect(
      (await readdir(made.path('.git'))).filter((name) => /^\.dbcheck-|\.lock$/.test(name)),
    ).toHaveLength(2);
  });
});
