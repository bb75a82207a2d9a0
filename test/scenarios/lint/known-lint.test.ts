import { appendFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { AT, SHOP } from '../../../src/rules/example-files.ts';
import { expectExit, type Shop } from '../shop.ts';
import { found, foundAnew, lintShop } from './lint-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await lintShop();
  await shop.git('tag', 'start');
});
afterAll(() => shop.remove());
beforeEach(async () => {
  await shop.git('reset', '--quiet', '--hard', 'start');
  await shop.git('clean', '--quiet', '-fd');
  await rm(store(), { recursive: true, force: true });
});

const UNFORMATTED = SHOP.postgres.replace('    null = false', '  null=false');
const store = (): string => join(shop.root, '.git/dbcheck');

/** The names of what is kept of whole runs. */
async function kept(): Promise<readonly string[]> {
  return (await readdir(store()).catch(() => [])).filter((name) => name.startsWith('verdict-'));
}

/** Whether a run was answered by what an earlier one kept: it lays out no targets. */
async function isKnown(args: readonly string[] = [], cwd = shop.root): Promise<boolean> {
  const { stderr } = await shop.dbcheck(['lint', '--timing', ...args], { cwd });
  expect(stderr).toContain('dbcheck lint\n');
  return !stderr.includes('lay out its targets');
}

async function intended(): Promise<void> {
  await shop.write({ empty: '' });
  await shop.git('add', '--intent-to-add', 'empty');
}

async function stage(files: Readonly<Record<string, string>>): Promise<void> {
  await shop.write(files);
  await shop.git('add', '--all');
}

describe('what was found in staged sources', () => {
  it('is found again, in whatever format', async () => {
    await stage({ [AT.postgres]: UNFORMATTED });
    const first = await foundAnew(shop);
    expect(first.join()).toContain('schema/unformatted');
    expect(await isKnown()).toBe(true);
    expect(await found(shop)).toEqual(first);
    const pretty = (args: readonly string[]) => shop.dbcheck(['lint', ...args]);
    const said = ({ stdout }: { stdout: string }) => stdout.replace(/, [\d.]+ m?s/, '');
    expect(said(await pretty(['--verbose']))).toBe(said(await pretty(['--verbose', '--no-cache'])));
    expectExit(await pretty([]), 1);
  });

  const CHANGES: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['a schema', () => stage({ [AT.postgres]: `${SHOP.postgres}# more\n` })],
    ['a file that nobody reads', () => stage({ README: 'x' })],
    ['a mode', () => shop.git('update-index', '--chmod=+x', AT.queries)],
    ['an intention to add', () => intended()],
    ['the configuration', () => stage({ 'dbcheck.config.yaml': 'rules: {schema/unformatted: off}\n' })],
    ['the baseline', () => stage({ 'dbcheck.lint-baseline.json': '{"version": 1, "findings": []}\n' })],
    ['the go.mod of Atlas', () => appendFile(join(shop.root, 'tools/atlas/go.mod'), '// more\n')],
    ['HEAD', () => shop.git('commit', '--quiet', '--no-verify', '-m', 'x', '--', AT.postgres)],
    ['a configuration of this machine', () => shop.write({ 'dbcheck.local.yaml': 'tools: {}\n' })],
    ['a source beside the index', () => shop.write({ [AT.queries]: `${SHOP.queries}\n-- more\n` })],
    ['whether a source is on disk', () => rm(join(shop.root, AT.mysqlQueries))],
    ['what schemas there are', () => shop.write({ 'tools/atlas/schemas/postgres/more.hcl': SHOP.postgres })],
    ['what files there are', () => shop.write({ untracked: 'x' })],
  ];
  it.each(CHANGES)('is not known any more when %s changes', async (_, change) => {
    await stage({ [AT.postgres]: UNFORMATTED });
    await shop.dbcheck(['lint']);
    expect(await isKnown()).toBe(true);
    await change();
    expect(await isKnown()).toBe(false);
    const { stdout, exitCode } = await shop.dbcheck(['lint', '--format', 'json']);
    const anew = await shop.dbcheck(['lint', '--format', 'json', '--no-cache']);
    expect({ stdout, exitCode }).toEqual({ stdout: anew.stdout, exitCode: anew.exitCode });
  });

  it.each([
    ['other files', [AT.postgres], ''],
    ['a target', ['--target', 'postgres'], ''],
    ['a configuration', ['--config', 'dbcheck.config.yaml'], ''],
    ['another folder', ['../sqlc/queries/postgres/orders.sql'], 'tools/atlas'],
  ])('is not known to a run that is given %s', async (_, args, folder) => {
    await stage({ 'dbcheck.config.yaml': 'rules: {}\n', [AT.postgres]: UNFORMATTED });
    await shop.dbcheck(['lint']);
    expect(await isKnown()).toBe(true);
    expect(await isKnown(args, join(shop.root, folder))).toBe(false);
    expect(await isKnown(args, join(shop.root, folder))).toBe(true);
  });

  it('is not known where a link outside of the repository leads to another file', async () => {
    await stage({ [AT.postgres]: UNFORMATTED });
    const outside = await mkdtemp(join(tmpdir(), 'dbcheck-test-'));
    onTestFinished(() => rm(outside, { recursive: true, force: true }));
    const link = join(outside, 'schemas');
    const lead = async (path: string) => {
      await rm(link, { force: true });
      await symlink(dirname(join(shop.root, path)), link);
    };
    const given = join(link, basename(AT.postgres));
    await lead(AT.mysql);
    expect(await found(shop, given)).toEqual([]);
    await lead(AT.postgres);
    expect((await foundAnew(shop, given)).join()).toContain('schema/unformatted');
  });

  it('is not kept with --no-cache, nor with --fix', async () => {
    await stage({ [AT.postgres]: UNFORMATTED });
    await shop.dbcheck(['lint', '--no-cache']);
    await shop.dbcheck(['lint', '--fix', AT.queries]);
    expect(await kept()).toEqual([]);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    [
      'altered',
      (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('findings', 'fondings'), 'latin1'),
    ],
  ])('is found anew where the entry is %s', async (_, damage) => {
    await stage({ [AT.postgres]: UNFORMATTED });
    const first = await found(shop);
    const [entry = ''] = await kept();
    const path = join(store(), entry);
    await writeFile(path, damage(await readFile(path)));
    expect(await found(shop)).toEqual(first);
    expect(await isKnown()).toBe(true);
  });
});

describe('a source that differs on disk from what is staged', () => {
  it('is read each time, though the list of such files stays', async () => {
    await shop.write({ [AT.postgres]: UNFORMATTED });
    expect((await found(shop)).join()).toContain('schema/unformatted');
    expect(await kept()).toEqual([]);
    await shop.write({ [AT.postgres]: `${SHOP.postgres}# formatted\n` });
    expect((await foundAnew(shop)).join()).not.toContain('schema/unformatted');
  });

  it('may be a new one', async () => {
    const path = 'tools/atlas/schemas/postgres/more.hcl';
    await shop.write({ [path]: UNFORMATTED });
    expect((await found(shop)).join()).toContain(`schema/unformatted ${path}`);
    await shop.write({ [path]: SHOP.postgres });
    expect((await foundAnew(shop)).join()).not.toContain('schema/unformatted');
  });

  it('may be the go.mod that a tool is pinned in', async () => {
    await appendFile(join(shop.root, 'tools/atlas/go.mod'), '// more\n');
    await shop.dbcheck(['lint']);
    expect(await kept()).toEqual([]);
  });
});

it('The name of the work tree follows a file that nobody reads', async () => {
  await stage({ tracked: 'x' });
  for (const path of ['tracked', 'untracked']) {
    for (const text of ['y', 'z']) {
      await shop.write({ [path]: text });
      const report = async (...args: readonly string[]) =>
        (await shop.dbcheck(['lint', '--format', 'json', ...args])).stdout;
      expect(await report()).toBe(await report('--no-cache'));
      expect(await kept()).toEqual([]);
    }
  }
});
