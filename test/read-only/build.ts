import { chmod, cp, mkdir, mkdtemp, realpath, rename, rm, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckError } from '../../src/errors.ts';
import { splitRecords } from '../../src/git/listing.ts';
import { decodePath, encodePath } from '../../src/git/path-bytes.ts';
import { emptyShop, freshShop, shopSources } from '../scenarios/shop.ts';
import { repositoryAt, type TestRepository } from '../support/repository.ts';
import type { Change, Situation } from './situation.ts';

/** What repositories are copied from: one that stands alone, and one that has it as a submodule. */
export interface Template {
  readonly dir: string;
  /** Of a program in a copy, but for `HOME` and `TMPDIR`. */
  readonly env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

/** A repository in its situation. */
export interface Built {
  /** Where dbcheck is to run. */
  readonly repository: TestRepository;
  /** Holds every repository that has to do with this one; none of its bytes may change. */
  readonly watched: string;
  /** The folder for temporary files, which has to be empty after each run. */
  readonly temp: string;
  remove(): Promise<void>;
}

/** Hooks that git would run if dbcheck changed something, or asked too much; each leaves a trace. */
const HOOKS = ['post-index-change', 'post-checkout', 'reference-transaction', 'fsmonitor-watchman'];

/** Makes a template of a repository with commits, to which it adds a tag, a stash and settings of its own. */
async function createTemplate(original: TestRepository): Promise<Template> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'read-only-template-')));
  await mkdir(join(dir, 'home'));
  const env = { ...original.env, HOME: join(dir, 'home') };
  const alone = repositoryAt(join(dir, 'alone'), env);
  await cp(original.root, alone.root, { recursive: true, verbatimSymlinks: true });
  await rm(join(alone.root, 'node_modules'), { recursive: true, force: true });
  const ignored = `${await alone.read('.gitignore')}*.ignored\n`;
  await alone.commit({ '.gitignore': ignored, 'README.md': 'read me\n', 'docs/guide.md': 'a guide\n' });
  await alone.git('tag', '--annotate', '-m', 'First', 'first');
  await stash(alone);
  await alone.git('gc', '--quiet');
  const around = repositoryAt(join(dir, 'around'), env);
  await mkdir(around.root);
  await around.git('init', '--quiet', '--initial-branch=main');
  await around.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', alone.root, 'service');
  await around.commit({ 'README.md': 'around\n' });
  await stash(repositoryAt(join(around.root, 'service'), env));
  return { dir, env, remove: () => rm(dir, { recursive: true, force: true, maxRetries: 3 }) };
}

/**
 * A template whose configuration names tools that are not there: all that is read is read, nothing is generated, and a
 * repository costs a fraction of a second.
 */
export async function templateWithoutTools(): Promise<Template> {
  const shop = await emptyShop();
  const config = 'tools: {atlas: {command: no-such-atlas}, sqlc: {command: no-such-sqlc}}\n';
  await shop.commit({ ...(await shopSources()), 'dbcheck.config.yaml': config });
  return createTemplate(shop).finally(() => shop.remove());
}

/** A template of a shop whose outputs are fresh, so that real tools and servers judge its copies. */
export async function templateWithTools(): Promise<Template> {
  const shop = await freshShop();
  return createTemplate(shop).finally(() => shop.remove());
}

async function stash(repository: TestRepository): Promise<void> {
  await repository.write({ 'README.md': 'stashed\n' });
  await repository.git('stash', 'push', '--quiet');
}

/** Makes a repository in that situation, from copies of a template. */
export async function build(template: Template, situation: Situation): Promise<Built> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'read-only-')));
  const watched = join(dir, 'watched');
  const temp = join(dir, 'temp');
  await Promise.all([watched, temp, join(dir, 'home')].map((folder) => mkdir(folder)));
  const env = { ...template.env, HOME: join(dir, 'home'), TMPDIR: temp, GIT_LITERAL_PATHSPECS: '1' };
  const source = situation.place === 'submodule' ? 'around' : 'alone';
  const copied = join(watched, source);
  await cp(join(template.dir, source), copied, { recursive: true, verbatimSymlinks: true });
  const root = {
    ...{ main: copied, linked: join(watched, 'linked'), submodule: join(copied, 'service') },
  }[situation.place];
  if (situation.place === 'linked') {
    await repositoryAt(copied, env).git('worktree', 'add', '--quiet', '-b', 'side', root);
  }
  const repository = repositoryAt(root, env);
  await prepare(repository, situation);
  const tracked = await trackedPaths(repository);
  for (const change of situation.changes) await apply(repository, change, tracked);
  for (const hook of HOOKS) await repository.hook(hook, `#!/bin/sh\n: > '${watched}/${hook}-ran'\n`);
  return {
    repository,
    watched,
    temp,
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function prepare(repository: TestRepository, { settings, head, sparse }: Situation): Promise<void> {
  for (const setting of settings) {
    const [key = '', value = ''] = setting.split('=');
    await repository.git('config', key, value);
  }
  if (head === 'detached') await repository.git('checkout', '--quiet', '--detach');
  if (head === 'unborn') await repository.git('symbolic-ref', 'HEAD', 'refs/heads/unborn');
  if (sparse) await repository.git('sparse-checkout', 'set', '--cone', 'docs');
}

async function trackedPaths(repository: TestRepository): Promise<readonly string[]> {
  return splitRecords((await repository.tryGit(['ls-files', '-z'])).stdout).map(decodePath);
}

/** Changes may stand in each other's way, as in life; then the later one does not happen. */
async function apply(repository: TestRepository, change: Change, tracked: readonly string[]): Promise<void> {
  const path = 'file' in change ? (tracked[change.file % tracked.length] ?? '') : change.name;
  // The same bytes reach git in its input, which no argument could hold.
  const git = async (args: readonly string[], paths = [path]): Promise<void> => {
    const input = Buffer.concat(paths.flatMap((each) => [encodePath(each), Buffer.from([0])]));
    // Some git dies of an intention to add in a sparse index; then this change did not happen either.
    await repository.tryGit(args, { input }).catch((error: unknown) => {
      if (!(error instanceof CheckError && error.code === 'program-killed')) throw error;
    });
  };
  const stage = (paths?: string[]) =>
    git(['add', '--force', '--all', '--sparse', '--pathspec-from-file=-', '--pathspec-file-nul'], paths);
  const onDisk = async (work: () => Promise<unknown>): Promise<void> => {
    await work().catch((error: unknown) => {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
    });
  };
  const write = (text: string, at = path) =>
    onDisk(() => repository.write({ [at]: Buffer.from(text, 'latin1') }));
  switch (change.kind) {
    case 'edit':
      await write(`${change.text}-- edited\n`);
      if (change.where !== 'disk') await stage();
      if (change.where === 'partly') await write(`${change.text}-- edited again\n`);
      return;
    case 'delete':
      if (change.where !== 'index') await onDisk(() => rm(repository.path(path)));
      if (change.where !== 'disk') await git(['update-index', '--force-remove', '-z', '--stdin']);
      return;
    case 'rename':
      await onDisk(async () => {
        await mkdir(parentOf(repository, change.name), { recursive: true });
        await rename(repository.path(path), repository.path(change.name));
      });
      if (change.staged) await stage([path, change.name]);
      return;
    case 'mode':
      if (change.staged) await git(['update-index', '--chmod=+x', '-z', '--stdin']);
      else await onDisk(() => chmod(repository.path(path), 0o755));
      return;
    case 'add': {
      const at = change.how === 'ignored' ? `${path}.ignored` : path;
      await write(change.text, at);
      if (change.how === 'staged') await stage();
      if (change.how === 'intended') {
        await git(['add', '--intent-to-add', '--sparse', '--pathspec-from-file=-', '--pathspec-file-nul']);
      }
      return;
    }
    case 'link':
    case 'replace-by-link':
      await onDisk(async () => {
        await mkdir(parentOf(repository, path), { recursive: true });
        await rm(repository.path(path), { force: true });
        await symlink(change.target, repository.path(path));
      });
      if (change.kind === 'replace-by-link' || change.staged) await stage();
      return;
    case 'conflict': {
      const found = await repository.tryGit(['ls-files', '-s', '-z', '--', path]);
      const [mode = '', oid = ''] = found.stdout.toString('latin1').split(' ');
      if (oid === '') return;
      const sides = [1, 2, 3].map((side) => `${mode} ${oid} ${side}\t${path}\0`);
      const removal = `0 ${'0'.repeat(40)}\t${path}\0`;
      await repository.tryGit(['update-index', '-z', '--index-info'], { input: removal + sides.join('') });
      return;
    }
    case 'flag':
      await git(['update-index', `--${change.flag}`, '-z', '--stdin']);
      return;
    case 'touch':
      await onDisk(() => utimes(repository.path(path), 1, 1));
  }
}

function parentOf(repository: TestRepository, path: string): Buffer {
  return repository.path(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
}
