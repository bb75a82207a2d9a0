import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scratch } from '../src/process/scratch.ts';
import { exampleEnvironment } from '../tools/demo/example-repository.ts';
import { type Command, execute } from './paired.ts';

export const PROJECT = fileURLToPath(new URL('../', import.meta.url));
export const CLI = join(PROJECT, 'dist/cli.js');
const CONTENDERS = join(PROJECT, 'bench/contenders');
/** As many files as a small repository has beside its databases. */
const OTHER_FILES = 300;

/** What all rows share. */
export interface Bench {
  readonly scratch: Scratch;
  /** Says what is being done. */
  readonly say: (text: string) => void;
  /** Has something done when all rows are measured, or one of them failed. */
  readonly atEnd: (undo: () => Promise<void>) => void;
}

/** A git repository of the bench. */
export interface Repository {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs git, which must succeed. */
  git(...args: string[]): string;
  /** The built dbcheck, which must end with that code. */
  dbcheck(args: readonly string[], exitCode?: number): Command;
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
}

/** This project's own databases, in three dialects, with everything generated, committed in a repository of its own. */
export async function exampleRepository(bench: Bench, name: string): Promise<Repository> {
  const repository = await emptyRepository(bench, name);
  const env = { ...process.env };
  const listing = execute({
    ...{ file: 'git', cwd: PROJECT, env, exitCode: 0 },
    args: ['ls-files', '-z', 'tools/atlas', 'tools/sqlc', 'tools/store'],
  });
  for (const path of listing.split('\0').filter((file) => file !== '')) {
    await repository.write(path, await readFile(join(PROJECT, path), 'utf8'));
  }
  for (let index = 0; index < OTHER_FILES; index += 1) {
    await repository.write(`src/part${index % 20}/file${index}.txt`, `file ${index}\n`);
  }
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '-m', 'Start');
  return repository;
}

/** A repository in which dbcheck, husky, lint-staged and lefthook are installed, and nothing is committed. */
export async function emptyRepository(bench: Bench, name: string): Promise<Repository> {
  const root = await bench.scratch.folder(name);
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true });
  for (const [folder, place] of [
    ['dbcheck', PROJECT],
    ['husky', join(PROJECT, 'node_modules/husky')],
    ['lint-staged', join(PROJECT, 'node_modules/lint-staged')],
    ['lefthook', join(CONTENDERS, 'node_modules/lefthook')],
  ] as const) {
    await symlink(place, join(root, 'node_modules', folder));
  }
  const platform = `lefthook-${process.platform}-${process.arch}`;
  await symlink(join(CONTENDERS, 'node_modules', platform), join(root, 'node_modules', platform));
  for (const [program, place] of [
    ['dbcheck', '../dbcheck/dist/cli.js'],
    ['husky', '../husky/bin.js'],
    ['lint-staged', '../lint-staged/bin/lint-staged.js'],
    ['lefthook', '../lefthook/bin/index.js'],
  ] as const) {
    await symlink(place, join(root, 'node_modules/.bin', program));
  }
  const repository = repositoryAt(root);
  repository.git('init', '--quiet', '--initial-branch=main');
  repository.git('config', 'gc.auto', '0');
  await repository.write('.gitignore', 'node_modules/\n');
  await repository.write('notes.txt', 'notes\n');
  return repository;
}

/** A copy of a repository, apart from it. */
export async function copyOf(bench: Bench, original: Repository, name: string): Promise<Repository> {
  const root = await bench.scratch.folder(name);
  await cp(original.root, root, { recursive: true, verbatimSymlinks: true });
  return repositoryAt(root);
}

function repositoryAt(root: string): Repository {
  const env = exampleEnvironment(root, false);
  return {
    ...{ root, env },
    git: (...args) => execute({ file: 'git', args, cwd: root, env, exitCode: 0 }),
    dbcheck: (args, exitCode = 0) => ({
      ...{ file: process.execPath, args: [CLI, ...args], cwd: root, env, exitCode },
    }),
    async write(path, text) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    },
    read: (path) => readFile(join(root, path), 'utf8'),
  };
}

/** Fetches what dbcheck is measured against, where that was not done yet. */
export function installContenders(say: Bench['say']): void {
  if (existsSync(join(CONTENDERS, 'node_modules/lefthook'))) return;
  say('installing lefthook below bench/contenders');
  execute({
    ...{ file: 'npm', args: ['ci', '--no-audit', '--no-fund'], cwd: CONTENDERS, exitCode: 0 },
    env: { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) },
  });
}
