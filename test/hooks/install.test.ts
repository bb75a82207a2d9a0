import { chmod, cp, lstat, mkdir, readFile, symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pathTemplate } from '../../src/config/path-template.ts';
import type { Project } from '../../src/config/project.ts';
import { readWorktree } from '../../src/git/worktree.ts';
import { guardObservation } from '../../src/hooks/guard-observation.ts';
import { guardPathspecs } from '../../src/hooks/guard-pathspecs.ts';
import { runInit } from '../../src/hooks/install.ts';
import type { InitResult } from '../../src/hooks/install-report.ts';
import { run } from '../../src/process/run.ts';
import { type Files, type TestRepository, temporaryRepository } from '../support/repository.ts';
import { defaultProject } from './project.ts';

const HUSKY = fileURLToPath(new URL('../../node_modules/husky/bin.js', import.meta.url));
/** Stands in for dbcheck: it only has to refuse. */
const REFUSING = '#!/bin/sh\necho "dbcheck $* in $PWD" >&2\nexit 1\n';
const SCHEMA = 'schema "public" {}\n';
const ATLAS: Files = { 'tools/atlas/schemas/postgres/keygen.hcl': SCHEMA, '.gitignore': 'node_modules/\n' };
const SQLC = `version: "2"
sql:
  - engine: postgresql
    schema: schema.sql
    queries: queries
    gen: {go: {package: db, out: gen}}
`;

interface InitCall {
  readonly cwd?: string;
  readonly config?: string;
  readonly lintStaged?: boolean;
}

async function init(repository: TestRepository, call: InitCall = {}): Promise<InitResult> {
  const repo = await repository.open({ cwd: call.cwd ?? repository.root });
  const snapshot = await readWorktree(repo);
  return runInit({
    repo,
    snapshot,
    config: call.config ?? null,
    env: repository.env,
    lintStaged: call.lintStaged ?? false,
  });
}

async function repositoryWith(files: Files): Promise<TestRepository> {
  const repository = await temporaryRepository();
  await repository.write(files);
  await repository.write({ 'node_modules/.bin/dbcheck': REFUSING }, 0o755);
  return repository;
}

/** Stages everything and commits through the hooks. */
async function commit(repository: TestRepository, files: Files = {}) {
  await repository.write(files);
  await repository.git('add', '--all');
  return repository.tryGit(['commit', '--quiet', '-m', 'Change']);
}

const husky = (repository: TestRepository, cwd: string, ...args: string[]) =>
  run(process.execPath, [HUSKY, ...args], { cwd, env: repository.env });
const manifest = (content: object) => `${JSON.stringify(content, null, 2)}\n`;

describe('dbcheck init with plain git hooks', () => {
  it('writes both hooks, which then guard commits and merges, and changes nothing the second time', async () => {
    const repository = await repositoryWith(ATLAS);
    expect(await init(repository)).toEqual({
      lines: ['created    .git/hooks/pre-commit', 'created    .git/hooks/pre-merge-commit'],
      exitCode: 0,
    });
    const refused = await commit(repository);
    expect(refused).toMatchObject({ exitCode: 1, stderr: `dbcheck staged in ${repository.root}\n` });
    await repository.git('reset', '-q', 'tools');
    expect(await repository.tryGit(['commit', '-q', '-m', 'Other'])).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    const before = await readFile(repository.path('.git/hooks/pre-commit'));
    expect(await init(repository)).toEqual({
      lines: [
        'unchanged  .git/hooks/pre-commit',
        'unchanged  .git/hooks/pre-merge-commit',
        'Nothing to do: the hooks are in place',
      ],
      exitCode: 0,
    });
    expect(await readFile(repository.path('.git/hooks/pre-commit'))).toEqual(before);
  });

  it('leaves a hook of somebody else alone and prints the block for it', async () => {
    const repository = await repositoryWith(ATLAS);
    await repository.hook('pre-commit', '#!/bin/sh\nnpm test\n');
    const { lines, exitCode } = await init(repository);
    expect(exitCode).toBe(1);
    expect(lines[0]).toBe(
      'left alone .git/hooks/pre-commit: it is a hook of your own. Put this into it yourself:',
    );
    expect(lines).toContain('# dbcheck guard: begin');
    expect(lines.at(-1)).toBe('created    .git/hooks/pre-merge-commit');
    expect(String(await repository.read('.git/hooks/pre-commit'))).toBe('#!/bin/sh\nnpm test\n');
    const block = lines.slice(
      lines.indexOf('# dbcheck guard: begin'),
      lines.indexOf('# dbcheck guard: end') + 1,
    );
    await repository.hook('pre-commit', `#!/bin/sh\necho mine >&2\n${block.join('\n')}\n`);
    expect((await init(repository)).exitCode).toBe(0);
    expect((await commit(repository)).stderr).toBe(`mine\ndbcheck staged in ${repository.root}\n`);
  });

  it.each([
    {
      made: '#!/bin/sh\ncall_lefthook()\n{\n  lefthook "$@"\n}\ncall_lefthook run "pre-commit" "$@"\n',
      config: 'lefthook.yml',
      before: 'pre-commit:\n  commands:\n    vet:\n      run: go vet\n',
      by: 'lefthook',
      run: '      run: node_modules/.bin/dbcheck staged',
    },
    {
      made: '#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\nexec pre-commit\n',
      config: '.pre-commit-config.yaml',
      before: 'repos: []\n',
      by: 'pre-commit',
      run: '      entry: node_modules/.bin/dbcheck staged',
    },
  ])('asks for an entry where $by makes the hook, which would write over the block', async (manager) => {
    const { made, config, before, by, run } = manager;
    const repository = await repositoryWith({ ...ATLAS, [config]: before });
    await repository.hook('pre-commit', made);
    const { lines, exitCode } = await init(repository);
    expect(exitCode).toBe(1);
    expect(lines[0]).toBe(
      `left alone ${config}: ${by} makes .git/hooks/pre-commit from it. Put this into it yourself:`,
    );
    expect(lines).toContain(run);
    expect(lines).not.toContain('# dbcheck guard: begin');
    expect(lines.at(-1)).toBe('created    .git/hooks/pre-merge-commit');
    await repository.write({ [config]: `${before}${run}\n` });
    expect(await init(repository)).toEqual({
      lines: [
        `unchanged  ${config}`,
        'unchanged  .git/hooks/pre-merge-commit',
        'Nothing to do: the hooks are in place',
      ],
      exitCode: 0,
    });
  });

  it('follows the configuration with the block, in place', async () => {
    const repository = await repositoryWith(ATLAS);
    await init(repository);
    const script = String(await repository.read('.git/hooks/pre-commit'));
    await repository.hook('pre-commit', `${script}echo after >&2\n`);
    await repository.write({
      'dbcheck.config.yaml': 'schemas: db/{dialect}/{database}.hcl\n',
      'db/postgres/keygen.hcl': SCHEMA,
    });
    expect((await init(repository)).lines[0]).toBe('updated    .git/hooks/pre-commit');
    const updated = String(await repository.read('.git/hooks/pre-commit'));
    expect(updated).toContain("'db' \\\n");
    expect(updated).not.toContain('tools/atlas/schemas');
    expect(updated.endsWith('# dbcheck guard: end\necho after >&2\n')).toBe(true);
  });

  it('repairs a hook that is not executable', async () => {
    const repository = await repositoryWith(ATLAS);
    await init(repository);
    await chmod(repository.path('.git/hooks/pre-commit'), 0o644);
    expect((await init(repository)).lines[0]).toBe('updated    .git/hooks/pre-commit');
    expect((await lstat(repository.path('.git/hooks/pre-commit'))).mode & 0o777).toBe(0o755);
  });

  it('honours core.hooksPath, and asks where that folder is not the repository’s', async () => {
    const repository = await repositoryWith(ATLAS);
    await repository.git('config', 'core.hooksPath', '.githooks');
    const own = await init(repository);
    expect(own.lines.slice(0, 2)).toEqual([
      'created    .githooks/pre-commit',
      'created    .githooks/pre-merge-commit',
    ]);
    expect(own.lines.at(-1)).toBe(
      'next: git add .githooks/pre-commit .githooks/pre-merge-commit, and commit',
    );
    expect(String(await repository.read('.githooks/pre-commit'))).toContain("'.githooks/pre-merge-commit'");
    expect((await commit(repository)).exitCode).toBe(1);

    const shared = `${repository.root}/../shared`;
    await mkdir(shared);
    await repository.git('config', 'core.hooksPath', shared);
    const foreign = await init(repository);
    expect(foreign.exitCode).toBe(1);
    expect(foreign.lines[0]).toContain('core.hooksPath names a folder that serves other repositories too');
    await expect(lstat(`${shared}/pre-commit`)).rejects.toThrow('ENOENT');
  });

  it('never writes through a symbolic link', async () => {
    const repository = await repositoryWith(ATLAS);
    await repository.write({ 'scripts/hook': '' });
    await mkdir(repository.path('.git/hooks'), { recursive: true });
    await symlink('../../scripts/hook', repository.path('.git/hooks/pre-commit'));
    const { lines, exitCode } = await init(repository);
    expect(lines[0]).toContain('it is a symbolic link');
    expect(exitCode).toBe(1);
    expect(String(await repository.read('scripts/hook'))).toBe('');
  });

  it('serves linked work trees through the one hooks folder', async () => {
    const repository = await repositoryWith(ATLAS);
    await repository.commit();
    await repository.git('worktree', 'add', '-q', '../linked');
    const linked = `${repository.root}/../linked`;
    const { lines } = await init(repository, { cwd: linked });
    expect(lines[0]).toBe(`created    ${repository.root}/.git/hooks/pre-commit`);
    await cp(`${repository.root}/node_modules`, `${linked}/node_modules`, { recursive: true });
    await repository.write({ '../linked/tools/atlas/schemas/postgres/sign.hcl': SCHEMA });
    await repository.tryGit(['add', '--all'], { cwd: linked });
    const refused = await repository.tryGit(['commit', '-q', '-m', 'x'], { cwd: linked });
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^dbcheck staged in .*\/linked\n$/),
    });
  });

  it('hands --config on to the hook', async () => {
    const repository = await repositoryWith({
      'web/other.yaml': 'schemas: db/{dialect}/{database}.hcl\n',
      'web/db/postgres/keygen.hcl': SCHEMA,
    });
    await init(repository, { config: 'web/other.yaml' });
    expect((await commit(repository)).stderr).toBe(
      `dbcheck staged --config other.yaml in ${repository.root}/web\n`,
    );
  });

  it('throws where there is nothing to guard', async () => {
    const repository = await repositoryWith({ 'README.md': 'x' });
    await expect(init(repository)).rejects.toMatchObject({ code: 'no-target' });
    await expect(lstat(repository.path('.git/hooks/pre-commit'))).rejects.toThrow('ENOENT');
  });
});

it('writes guards that the rule config/guard-stale has nothing against, until the configuration moves', async () => {
  const repository = await repositoryWith({
    ...ATLAS,
    'package.json': manifest({ devDependencies: { husky: '9' } }),
  });
  await init(repository);
  const path = '.husky/pre-commit';
  const files = [{ path, committed: true, script: String(await repository.read(path)) }];
  const expected = (project: Project) => ({ projectDir: '', pathspecs: guardPathspecs(project, [], [path]) });
  expect(guardObservation(files, expected(defaultProject()))).toBeNull();
  const moved = defaultProject('', { schemas: pathTemplate('db/{dialect}/{database}.hcl', '') });
  expect(guardObservation(files, expected(moved))).toMatchObject({
    rule: 'config/guard-stale',
    cause: expect.stringContaining('it does not watch db'),
  });
});

describe('dbcheck init below the git root', () => {
  it('guards the project’s folder with the dbcheck that is installed there or above', async () => {
    const repository = await temporaryRepository();
    const below = Object.entries(ATLAS).map(([path, content]) => [`web/${path}`, content]);
    await repository.write({
      ...Object.fromEntries(below),
      'web/package.json': '{}',
      '.gitignore': 'node_modules/\n',
    });
    await repository.write({ 'web/node_modules/.bin/dbcheck': REFUSING }, 0o755);
    expect((await init(repository, { cwd: `${repository.root}/web` })).exitCode).toBe(0);
    expect((await commit(repository)).stderr).toBe(`dbcheck staged in ${repository.root}/web\n`);
  });

  it('keeps the guards of two projects side by side', async () => {
    const repository = await temporaryRepository();
    const files = ['a', 'b'].map((dir) => [`${dir}/tools/atlas/schemas/postgres/keygen.hcl`, SCHEMA]);
    await repository.write({ ...Object.fromEntries(files), '.gitignore': 'node_modules/\n' });
    await repository.write({ 'node_modules/.bin/dbcheck': REFUSING }, 0o755);
    await init(repository, { cwd: `${repository.root}/a` });
    expect((await init(repository, { cwd: `${repository.root}/b` })).lines[0]).toBe(
      'updated    .git/hooks/pre-commit',
    );
    expect((await init(repository, { cwd: `${repository.root}/a` })).lines[0]).toBe(
      'unchanged  .git/hooks/pre-commit',
    );
    await repository.git('add', 'b');
    expect((await repository.tryGit(['commit', '-m', 'b'])).stderr).toBe(
      `dbcheck staged in ${repository.root}/b\n`,
    );
  });
});

describe('dbcheck init under husky', () => {
  it('writes husky’s hooks, which git then runs', async () => {
    const repository = await repositoryWith({
      ...ATLAS,
      'package.json': manifest({ devDependencies: { husky: '9' }, scripts: { prepare: 'husky' } }),
    });
    const first = await init(repository);
    expect(first).toEqual({
      lines: [
        'created    .husky/pre-commit',
        'created    .husky/pre-merge-commit',
        "next: git does not run husky's hooks in this clone yet: npm run prepare",
        'next: git add .husky/pre-commit .husky/pre-merge-commit, and commit',
      ],
      exitCode: 1,
    });
    await husky(repository, repository.root);
    expect(await init(repository)).toMatchObject({ exitCode: 0 });
    const refused = await commit(repository);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain(`dbcheck staged in ${repository.root}\n`);
  });

  it('finds its dbcheck below the git root, where husky’s PATH does not lead', async () => {
    const repository = await temporaryRepository();
    const below = Object.entries(ATLAS).map(([path, content]) => [`web/${path}`, content]);
    await repository.write({
      ...Object.fromEntries(below),
      'web/package.json': manifest({ devDependencies: { husky: '9' } }),
    });
    await repository.write({ 'web/node_modules/.bin/dbcheck': REFUSING }, 0o755);
    const cwd = `${repository.root}/web`;
    const { lines } = await init(repository, { cwd });
    expect(lines).toEqual([
      'created    web/.husky/pre-commit',
      'created    web/.husky/pre-merge-commit',
      'next: git does not run husky\'s hooks in this clone yet: add "prepare": "cd .. && husky web/.husky" to the scripts of web/package.json, then npm run prepare',
      'next: git add .husky/pre-commit .husky/pre-merge-commit, and commit',
    ]);
    await husky(repository, repository.root, 'web/.husky');
    expect(await init(repository, { cwd })).toMatchObject({ exitCode: 0 });
    expect((await commit(repository)).stderr).toContain(`dbcheck staged in ${cwd}\n`);
  });

  it('says so where husky is not installed in a linked work tree', async () => {
    const repository = await repositoryWith({
      ...ATLAS,
      'package.json': manifest({ devDependencies: { husky: '9' } }),
    });
    await husky(repository, repository.root);
    await init(repository);
    await repository.commit();
    await repository.git('worktree', 'add', '-q', '../linked');
    const { lines, exitCode } = await init(repository, { cwd: `${repository.root}/../linked` });
    expect(lines).toContain('next: husky is not installed in this work tree: npm ci');
    expect(exitCode).toBe(1);
  });

  it('runs lint-staged first where it is configured, and gives it the entry for schemas', async () => {
    const repository = await repositoryWith({
      ...ATLAS,
      'package.json': manifest({
        devDependencies: { husky: '9', 'lint-staged': '16' },
        'lint-staged': { '*.ts': 'biome check' },
      }),
    });
    await repository.write({ 'node_modules/.bin/lint-staged': '#!/bin/sh\necho lint-staged >&2\n' }, 0o755);
    await husky(repository, repository.root);
    expect((await init(repository)).lines[0]).toBe('updated    package.json');
    expect(JSON.parse(String(await repository.read('package.json')))).toEqual({
      devDependencies: { husky: '9', 'lint-staged': '16' },
      'lint-staged': { '*.ts': 'biome check', 'tools/atlas/schemas/**/*.hcl': 'dbcheck fmt' },
    });
    expect((await init(repository)).lines.at(-1)).toBe('Nothing to do: the hooks are in place');
    expect((await commit(repository)).stderr).toContain(
      `lint-staged\ndbcheck staged in ${repository.root}\n`,
    );
  });

  it("keeps a task of the people's own for staged schemas", async () => {
    const task = { 'tools/atlas/schemas/**/*.hcl': 'node dist/cli.js fmt' };
    const written = manifest({ devDependencies: { husky: '9', 'lint-staged': '16' }, 'lint-staged': task });
    const repository = await repositoryWith({ ...ATLAS, 'package.json': written });
    await husky(repository, repository.root);
    await init(repository);
    expect(String(await repository.read('package.json'))).toBe(written);
  });

  it('sets lint-staged up only where it is asked for, and never in a file that is code', async () => {
    const files = {
      ...ATLAS,
      'package.json': manifest({ devDependencies: { husky: '9', 'lint-staged': '16' } }),
    };
    const plain = await repositoryWith(files);
    await init(plain);
    expect(String(await plain.read('.husky/pre-commit'))).not.toContain('lint-staged');
    expect((await init(plain, { lintStaged: true })).lines.slice(0, 2)).toEqual([
      'updated    package.json',
      'updated    .husky/pre-commit',
    ]);
    const code = await repositoryWith({ ...files, 'lint-staged.config.js': 'export default {};\n' });
    const { lines, exitCode } = await init(code);
    expect(lines[0]).toContain('left alone lint-staged.config.js: ');
    const entry = '"tools/atlas/schemas/**/*.hcl": "dbcheck fmt"';
    expect(lines).toContain(`  ${entry}`);
    expect(exitCode).toBe(1);
    await code.write({ 'lint-staged.config.js': `export default { ${entry} };\n` });
    expect((await init(code)).lines.filter((line) => line.startsWith('left alone'))).toEqual([]);
  });

  it.each([
    [
      'husky',
      ATLAS,
      'next: lint-staged is run by husky alone: npx husky init, then dbcheck init --lint-staged',
    ],
    [
      'lint-staged',
      { ...ATLAS, 'package.json': manifest({ devDependencies: { husky: '9' } }) },
      'next: lint-staged is not in package.json: npm install --save-dev lint-staged, then dbcheck init --lint-staged',
    ],
    [
      'a schema',
      {
        'sqlc.yaml': SQLC,
        'package.json': manifest({ devDependencies: { husky: '9', 'lint-staged': '16' } }),
      },
      'next: lint-staged would have nothing to format: add a schema (*.hcl) to tools/atlas/schemas, then dbcheck init --lint-staged',
    ],
  ])('says what lint-staged lacks: %s', async (_, files, next) => {
    const { lines, exitCode } = await init(await repositoryWith(files), { lintStaged: true });
    expect(lines).toContain(next);
    expect(exitCode).toBe(1);
  });

  it('names a package.json that can’t be read', async () => {
    const repository = await repositoryWith({ ...ATLAS, 'package.json': '[]' });
    await expect(init(repository)).rejects.toMatchObject({
      code: 'package-invalid',
      place: { path: 'package.json' },
    });
  });
});

describe('dbcheck init in a repository with sqlc alone', () => {
  const sqlcFiles: Files = {
    'services/a/sqlc.yaml': SQLC,
    'services/b/sqlc.json': JSON.stringify({
      version: '1',
      packages: [{ path: 'db', schema: 's.sql', queries: 'q' }],
    }),
    'services/a/schema.sql': '',
    'vendor/x/sqlc.yaml': SQLC,
    'docs/sqlc-notes.yaml': 'notes: true\n',
    '.gitignore': 'node_modules/\n',
  };

  it('writes a configuration that names the sqlc configurations, and guards what they read and write', async () => {
    const repository = await repositoryWith(sqlcFiles);
    const { lines, exitCode } = await init(repository);
    expect(lines[0]).toContain('left out   docs/sqlc-notes.yaml: ');
    expect(lines.slice(1)).toEqual([
      'created    dbcheck.config.yaml',
      'created    .git/hooks/pre-commit',
      'created    .git/hooks/pre-merge-commit',
      'next: git add dbcheck.config.yaml, and commit',
    ]);
    expect(exitCode).toBe(0);
    expect(String(await repository.read('dbcheck.config.yaml'))).toBe(
      'sqlc:\n  configs:\n    - services/a/sqlc.yaml\n    - services/b/sqlc.json\n',
    );
    const hook = String(await repository.read('.git/hooks/pre-commit'));
    for (const path of ['services/a/gen', 'services/a/queries', 'services/a/schema.sql', 'services/b/db']) {
      expect(hook).toContain(`      '${path}'`);
    }
    expect((await init(repository)).lines.at(-1)).toBe('Nothing to do: the hooks are in place');
  });

  it('leaves nested Go modules of a Go module out, and writes no configuration where one is', async () => {
    const nested = await repositoryWith({
      ...sqlcFiles,
      'go.mod': 'module m\n',
      'services/b/go.mod': 'module b\n',
    });
    await init(nested);
    expect(String(await nested.read('dbcheck.config.yaml'))).toBe(
      'sqlc:\n  configs:\n    - services/a/sqlc.yaml\n',
    );
    const configured = await repositoryWith({
      ...sqlcFiles,
      'dbcheck.config.yaml': 'sqlc: {configs: ["services/*/sqlc.yaml"]}\n',
    });
    expect((await init(configured)).lines[0]).toBe('created    .git/hooks/pre-commit');
  });
});

describe('dbcheck init where schemas stand elsewhere than the default', () => {
  const TABLE = 'schema "public" {}\ntable "users" {\n  schema = schema.public\n}\n';
  const LAYOUT = 'tools/atlas/schemas/{dialect}/{database}.hcl';
  const service: Files = {
    'services/users/sqlc.yml': SQLC,
    'services/users/schema.hcl': TABLE,
    'services/users/atlas.hcl': 'env "local" {\n  src = "file://schema.hcl"\n}\n',
    'services/users/packer.hcl': 'source "docker" "x" {}\n',
    'services/users/testdata/schema.hcl': TABLE,
    '.gitignore': 'node_modules/\n',
  };

  it('names the HCL that its configuration does not cover, and how to add it', async () => {
    const repository = await repositoryWith(service);
    const leftOut = `left out   services/users/schema.hcl: \`schemas\` is ${LAYOUT}`;
    expect(await init(repository)).toEqual({
      lines: [
        leftOut,
        'created    dbcheck.config.yaml',
        'created    .git/hooks/pre-commit',
        'created    .git/hooks/pre-merge-commit',
        `next: nothing guards the schemas that were left out: move them to ${LAYOUT}, or say in dbcheck.config.yaml where they and their migrations are (schemas and migrations.dir, each with {dialect} and {database} in its path), let \`schema\` of the sqlc configurations name what is made from them, tools/sqlc/schemas/{dialect}/{database}.sql, then dbcheck init`,
        'next: git add dbcheck.config.yaml, and commit',
      ],
      exitCode: 1,
    });
    // Who leaves it at that has decided so: it is said again, and nothing is asked for.
    const again = await init(repository);
    expect(again.lines[0]).toBe(leftOut);
    expect(again.lines.at(-1)).toBe('Nothing to do: the hooks are in place');
    expect(again.exitCode).toBe(0);
  });

  it('says the template that fits them, where one does', async () => {
    const repository = await repositoryWith({
      'sqlc.yaml': SQLC,
      'db/postgres/users.hcl': TABLE,
      'db/mysql/orders.hcl': TABLE,
    });
    const { lines } = await init(repository);
    expect(lines.find((line) => line.startsWith('next: nothing guards'))).toContain(
      'or say in dbcheck.config.yaml where they are (schemas: db/{dialect}/{database}.hcl) and where their migrations are (migrations.dir, with {dialect} and {database} in its path)',
    );
  });

  it('names them where there is nothing else', async () => {
    const repository = await repositoryWith({ 'db/schema.hcl': TABLE, 'db/more.hcl': TABLE });
    await expect(init(repository)).rejects.toMatchObject({
      code: 'no-target',
      message: `There is nothing to guard: \`schemas\` is ${LAYOUT}, which db/more.hcl and db/schema.hcl do not fit, and there is no sqlc configuration`,
      hint: expect.stringContaining('then dbcheck init'),
    });
  });

  it('leaves projects of the default layout below to themselves', async () => {
    const below = (dir: string): Files => ({
      [`${dir}/tools/atlas/schemas/postgres/keygen.hcl`]: TABLE,
      [`${dir}/tools/sqlc/sqlc_postgres.yml`]: SQLC,
    });
    const repository = await repositoryWith({ ...below('services/orders'), ...below('services/users') });
    await expect(init(repository)).rejects.toMatchObject({
      code: 'no-target',
      message: 'There is nothing to guard here: services/orders and services/users are projects of their own',
      hint: '(cd services/orders && dbcheck init) && (cd services/users && dbcheck init)',
    });
    await init(repository, { cwd: `${repository.root}/services/users` });
    expect((await commit(repository)).stderr).toContain(
      `dbcheck staged in ${repository.root}/services/users\n`,
    );
    // With a configuration of its own, it is no matter of the project around it.
    await repository.write({
      'sqlc.yaml': SQLC,
      'services/orders/dbcheck.config.yaml': 'verify: []\n',
      'services/users/dbcheck.config.yaml': 'verify: []\n',
    });
    expect((await init(repository)).lines).toEqual([
      'created    dbcheck.config.yaml',
      'updated    .git/hooks/pre-commit',
      'updated    .git/hooks/pre-merge-commit',
      'next: git add dbcheck.config.yaml, and commit',
    ]);
    expect(String(await repository.read('dbcheck.config.yaml'))).toBe('sqlc:\n  configs:\n    - sqlc.yaml\n');
  });

  it('writes the first configuration beside the package.json that dbcheck is installed by', async () => {
    const repository = await repositoryWith({
      ...service,
      'sqlc.yaml': SQLC,
      'services/users/package.json': manifest({ devDependencies: { dbcheck: '1' } }),
    });
    const { lines } = await init(repository, { cwd: `${repository.root}/services/users` });
    expect(lines).toContain('created    services/users/dbcheck.config.yaml');
    expect(lines.at(-1)).toBe('next: git add dbcheck.config.yaml, and commit');
    expect(String(await repository.read('services/users/dbcheck.config.yaml'))).toBe(
      'sqlc:\n  configs:\n    - sqlc.yml\n',
    );
    expect((await commit(repository)).stderr).toContain(
      `dbcheck staged in ${repository.root}/services/users\n`,
    );
  });

  it('writes it at the git root where that package.json stands beside the sources', async () => {
    const repository = await repositoryWith({
      'sqlc.yaml': SQLC,
      'web/package.json': manifest({ devDependencies: { dbcheck: '1' } }),
    });
    const { lines } = await init(repository, { cwd: `${repository.root}/web` });
    expect(lines).toContain('created    dbcheck.config.yaml');
  });
});
