import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { fingerprint } from '../../support/fingerprint.ts';
import { copyOf, freshShop, PATHS, type Report, type Shop } from '../shop.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop();
});
afterAll(() => fresh.remove());

async function shopCopy(): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  return shop;
}

/** A folder for temporary files, and one for a cache that nobody has filled yet. */
async function emptyFolders(): Promise<{ temp: string; env: Readonly<Record<string, string>> }> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'side-by-side-')));
  onTestFinished(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }));
  const temp = await mkdtemp(join(dir, 'temp-'));
  const cache = await mkdtemp(join(dir, 'cache-'));
  // Root's private server runs as another user, who has to reach its template.
  await run('chmod', ['755', dir, cache], { cwd: dir, env: { PATH: process.env['PATH'] } });
  return { temp, env: { TMPDIR: temp, XDG_CACHE_HOME: cache } };
}

async function judged(shop: Shop, args: readonly string[], call: Parameters<Shop['dbcheck']>[1]) {
  const { stdout, stderr, exitCode } = await shop.dbcheck([...args, '--format', 'json'], call);
  if (stdout === '') throw new Error(`no report: ${stderr}`);
  const report: Report = JSON.parse(stdout);
  const places = report.diagnostics.filter(({ folded }) => !folded).map(({ location }) => location.path);
  return { exitCode, errors: report.errors, places };
}

const CLEAN = { exitCode: 0, errors: [], places: [] };
const BASELINE = `${PATHS.ordersMigrations}/00000000000000_initial_schema.sql`;
const STALE = { exitCode: 1, errors: [], places: [BASELINE] };

async function widen(shop: Shop): Promise<string> {
  return (await shop.read(PATHS.ordersHcl)).toString().replace('(16)', '(32)');
}

test('several checks of one repository come to the same verdict, though none found a cache', async () => {
  const shop = await shopCopy();
  await shop.write({ [PATHS.ordersHcl]: await widen(shop) });
  await shop.git('add', '--all');
  const { temp, env } = await emptyFolders();
  const before = await fingerprint(shop.root);
  const calls = [['staged'], ['check'], ['staged'], ['check', '--no-cache'], ['staged', '--no-cache']];
  const answers = await Promise.all(calls.map((args) => judged(shop, args, { env })));
  expect(answers).toEqual([STALE, CLEAN, STALE, CLEAN, STALE]);
  expect(await readdir(temp)).toEqual([]);
  expect(await fingerprint(shop.root)).toEqual(before);
  expect(await judged(shop, ['staged'], { env })).toEqual(STALE);
});

test('checks of linked work trees, side by side, each answer for their own index', async () => {
  const shop = await shopCopy();
  const linked = join(shop.root, '../linked');
  await shop.git('worktree', 'add', '--quiet', '-b', 'side', linked);
  await shop.write({ [PATHS.ordersHcl]: await widen(shop) });
  await shop.git('add', '--all');
  const { temp, env } = await emptyFolders();
  const rounds = [shop.root, linked, shop.root, linked];
  const answers = await Promise.all(rounds.map((cwd) => judged(shop, ['staged'], { cwd, env })));
  expect(answers).toEqual([STALE, CLEAN, STALE, CLEAN]);
  // The other way round, now that whatever is remembered is remembered.
  await shop.git('reset', '--quiet', '--hard');
  await shop.write({ [`../linked/${PATHS.ordersHcl}`]: await widen(shop) });
  await shop.tryGit(['add', '--all'], { cwd: linked });
  const again = await Promise.all(rounds.map((cwd) => judged(shop, ['staged'], { cwd, env })));
  expect(again).toEqual([CLEAN, STALE, CLEAN, STALE]);
  expect(await readdir(temp)).toEqual([]);
});

describe('chunks of lint-staged that run at once', () => {
  const LINT_STAGED = join(import.meta.dirname, '../../../node_modules/lint-staged/bin/lint-staged.js');

  /** One file a chunk; each chunk calls dbcheck and notes that it did. */
  async function lintStaged(shop: Shop) {
    const config = join(shop.root, '../lint-staged.config.mjs');
    await shop.write({
      '../lint-staged.config.mjs': `import { appendFileSync } from 'node:fs';
export default { '*.{hcl,sql}': (files) => { appendFileSync(import.meta.dirname + '/chunks', files.length + '\\n'); return 'dbcheck staged'; } };
`,
      '../chunks': '',
    });
    const env = { ...shop.env, PATH: `${join(shop.root, 'node_modules/.bin')}:${shop.env['PATH']}` };
    const result = await run(
      process.execPath,
      [LINT_STAGED, '--config', config, '--max-arg-length', '1', '--verbose'],
      { cwd: shop.root, env },
    );
    const chunks = (await shop.read('../chunks'))
      .toString()
      .split('\n')
      .filter((line) => line === '1');
    return { exitCode: result.exitCode, said: `${result.stdout}${result.stderr}`, chunks: chunks.length };
  }

  async function stageMany(shop: Shop): Promise<void> {
    const comment = '\n-- checked\n';
    for (const path of [PATHS.orderQueries, PATHS.itemQueries]) {
      await shop.write({ [path]: `${(await shop.read(path)).toString()}${comment}` });
    }
    await shop.write({ [PATHS.stockHcl]: `${(await shop.read(PATHS.stockHcl)).toString()}\n# checked\n` });
    await shop.git('add', '--all');
    expect((await shop.dbcheck(['fix', '--stage'])).exitCode).toBe(0);
    // Half staged, so that lint-staged hides and restores the rest.
    await shop.write({ [PATHS.stockHcl]: `${(await shop.read(PATHS.stockHcl)).toString()}\n# not staged\n` });
  }

  test('all pass where the index is fresh', async () => {
    const shop = await shopCopy();
    await stageMany(shop);
    const disk = await shop.read(PATHS.stockHcl);
    const { exitCode, said, chunks } = await lintStaged(shop);
    expect(said).not.toContain('error[');
    expect({ exitCode, many: chunks >= 3 }).toEqual({ exitCode: 0, many: true });
    expect(await shop.read(PATHS.stockHcl)).toEqual(disk);
  });

  test('are refused where it is stale', async () => {
    const shop = await shopCopy();
    await stageMany(shop);
    await shop.write({ [PATHS.ordersHcl]: await widen(shop) });
    await shop.git('add', '--', PATHS.ordersHcl);
    const before = await shop.git('ls-files', '--stage');
    const { exitCode, said, chunks } = await lintStaged(shop);
    expect(said).toContain(`--> ${BASELINE}:`);
    expect({ exitCode, many: chunks >= 3 }).toEqual({ exitCode: 1, many: true });
    expect(await shop.git('ls-files', '--stage')).toBe(before);
  });
});
