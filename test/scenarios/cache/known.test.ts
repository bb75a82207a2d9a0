import { appendFile, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { expectExit, ORDERS_HCL, PATHS, QUERIES } from '../shop.ts';
import { type CachedShop, cachedShop, saidBy } from './cached-shop.ts';
import { settled } from './counted-tool.ts';

const WIDER = ORDERS_HCL.replace('varchar(16)', 'varchar(32)');
let shop: CachedShop;
beforeAll(async () => {
  shop = await cachedShop();
});
afterAll(() => shop.remove());
beforeEach(async () => {
  await shop.git('reset', '--quiet', '--hard');
  await shop.git('clean', '--quiet', '-fd');
});

describe('a change that was refused', () => {
  it('is refused again, and mended, without a tool and without a server', async () => {
    await shop.write({ [PATHS.ordersHcl]: WIDER });
    await shop.git('add', '--all');
    const first = expectExit(await shop.dbcheck(['staged']), 1);
    expect(first.stdout).not.toContain('(3 cached)');
    expect(first.stdout).toContain('error[migration/stale]');
    const starts = await shop.starts();
    await shop.withoutServer(async () => {
      const again = expectExit(await shop.dbcheck(['staged']), 1);
      expect(again.stdout).toContain('(3 cached)');
      expect(saidBy(again)).toBe(saidBy(first));
      const json = (flags: readonly string[]) => shop.dbcheck(['staged', '--format', 'json', ...flags]);
      expect(JSON.parse((await json([])).stdout)).toMatchObject({ outcome: 'findings', errors: [] });
      // The trap holds: a run that takes nothing from earlier ones needs a server.
      expect(await shop.starts()).toBe(starts);
      expectExit(await json(['--no-cache']), 2);
      const before = await shop.starts();
      const fixed = expectExit(await shop.dbcheck(['fix', '--stage']), 0);
      expect(fixed.stdout).toContain('(3 cached)');
      expect(await shop.starts()).toBe(before);
      const staged = expectExit(await shop.dbcheck(['staged']), 0);
      expect(staged.stdout).toContain('(3 cached)');
      expect(await shop.starts()).toBe(before);
    });
    // What was written is what is made anew, which the tools' starts show.
    expect((await shop.dbcheck(['staged', '--no-cache'])).stdout).toMatch(/^✔ The index is fresh/);
    expect(await shop.starts()).toBeGreaterThan(starts);
  });

  it('leaves nothing where nothing is to be kept', async () => {
    await shop.dbcheck(['cache', 'clear']);
    await shop.write({ [PATHS.orderQueries]: `${QUERIES}\n` });
    await shop.git('add', '--all');
    await shop.dbcheck(['staged', '--no-cache']);
    await shop.dbcheck(['check', '--no-cache']);
    expect(JSON.parse((await shop.dbcheck(['cache', 'info', '--format', 'json'])).stdout)).toMatchObject({
      ...{ steps: 0, verdicts: 0, others: 0, bytes: 0 },
    });
  });

  it('that could not be checked is tried again', async () => {
    await shop.dbcheck(['cache', 'clear']);
    await shop.write({ [PATHS.ordersHcl]: WIDER });
    await shop.git('add', '--all');
    await shop.withoutServer(async () => expectExit(await shop.dbcheck(['staged']), 2));
    expect(await shop.verdicts()).toEqual([]);
    expectExit(await shop.dbcheck(['staged']), 1);
  });
});

describe('a known verdict', () => {
  const CHANGES: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['a source', () => staged({ [PATHS.orderQueries]: `${QUERIES}\n-- more\n` })],
    ['an output', () => staged({ [`${PATHS.store}/orders.sql.go`]: 'package store\n' })],
    ['a file that is neither', () => staged({ README: 'x' })],
    ['a mode', () => shop.git('update-index', '--chmod=+x', PATHS.orderQueries)],
    ['an empty file that is only intended', () => intended()],
    ['the configuration', () => configured('# a comment\n')],
    ['the tree of HEAD', () => shop.git('commit', '--quiet', '--no-verify', '-m', 'x', '--', 'note')],
    ['a configuration of this machine', () => shop.write({ 'dbcheck.local.yaml': 'tools: {}\n' })],
    ["git's own hook", () => appendFile(join(shop.root, '.git/hooks/pre-commit'), '# more\n')],
    ['a tool', () => exchanged()],
    ['a tool that another run has met since', () => exchanged().then(() => shop.dbcheck(['tools']))],
  ];
  const staged = async (files: Readonly<Record<string, string>>) => {
    await shop.write(files);
    await shop.git('add', '--all');
  };
  const intended = async () => {
    await shop.write({ empty: '' });
    await shop.git('add', '--intent-to-add', 'empty');
    await expectJudged(true);
    await shop.git('add', 'empty');
  };
  const exchanged = async () => {
    await appendFile(shop.sqlc.path, 'x');
    // Of a file that is younger than that nothing is known, whatever its bytes are.
    await settled(shop.sqlc.path);
  };
  const configured = async (more: string) => {
    const config = await shop.read('dbcheck.config.yaml');
    await staged({ 'dbcheck.config.yaml': `${config}${more}` });
  };
  /** Whether the verdict was judged, and not taken from an earlier run. */
  const expectJudged = async (
    wanted: boolean,
    args: readonly string[] = ['staged'],
    call: { readonly env?: Readonly<Record<string, string>> } = {},
  ) => {
    const before = await shop.verdicts();
    await shop.dbcheck(args, call);
    expect(JSON.stringify(await shop.verdicts()) !== JSON.stringify(before)).toBe(wanted);
  };

  it.each(CHANGES)('is not known any more when %s changes', async (_, change) => {
    await staged({ [PATHS.ordersHcl]: `${ORDERS_HCL}\n# a comment\n`, note: 'x' });
    await shop.dbcheck(['staged']);
    await expectJudged(false);
    await change();
    await expectJudged(true);
    const known = await shop.dbcheck(['staged']);
    expect(saidBy(known)).toBe(saidBy(await shop.dbcheck(['staged', '--no-cache'])));
  });

  it.each([
    ['another target is asked for', ['staged', '--target', 'postgres'], {}],
    ['another configuration is named', ['staged', '--config', 'dbcheck.config.yaml'], {}],
    ['a variable changes what programs do', ['staged'], { GODEBUG: 'madvdontneed=1' }],
  ] as const)('is not known when %s', async (_, args, env) => {
    await staged({ [PATHS.ordersHcl]: `${ORDERS_HCL}\n# one more\n` });
    await shop.dbcheck(['staged']);
    await expectJudged(false);
    await expectJudged(true, args, { env });
  });

  it.each([
    ['nothing', async () => undefined],
    ['the same bytes', () => shop.write({ 'dbcheck.local.yaml': 'tools: {}\n', same: 'tools: {}\n' })],
  ])('does not hide a link in place of %s', async (_, prepare) => {
    await staged({
      [PATHS.ordersHcl]: `${ORDERS_HCL}\n# linked\n`,
      '.gitignore': 'node_modules/\n*.local.yaml\n',
    });
    await prepare();
    await shop.dbcheck(['staged']);
    await expectJudged(false);
    await rm(join(shop.root, 'dbcheck.local.yaml'), { force: true });
    await symlink('same', join(shop.root, 'dbcheck.local.yaml'));
    expect(expectExit(await shop.dbcheck(['staged']), 2).stdout).toContain('error[symlinked-source]');
    await rm(join(shop.root, 'dbcheck.local.yaml'));
  });

  it('does not rest on what git ignores, also where nothing is said of missing files', async () => {
    await shop.write({
      'dbcheck.config.yaml': `${(await shop.read('dbcheck.config.yaml')).toString()}rules: {generated/missing: off}\n`,
      [`${PATHS.store}/items.sql.go`]: null,
    });
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['staged']), 0);
    onTestFinished(() => rm(shop.path('.git/info/exclude'), { force: true }));
    await shop.write({ '.git/info/exclude': 'items.sql.go\n' });
    const { stdout } = expectExit(await shop.dbcheck(['staged']), 1);
    expect(stdout).toContain('error[generated/ignored-output]');
  });

  it('is the same from whatever format and verbosity asked for it', async () => {
    await staged({ [PATHS.ordersHcl]: WIDER });
    const fresh = await shop.dbcheck(['staged', '--format', 'json', '--no-cache']);
    await shop.dbcheck(['staged']);
    await expectJudged(false, ['staged', '--format', 'json']);
    expect((await shop.dbcheck(['staged', '--format', 'json'])).stdout).toBe(fresh.stdout);
    expect(saidBy(await shop.dbcheck(['staged', '--verbose']))).toBe(
      saidBy(await shop.dbcheck(['staged', '--verbose', '--no-cache'])),
    );
  });

  it('survives no damage to its file, and no exchange with another', async () => {
    await staged({ [PATHS.ordersHcl]: WIDER });
    const refused = await shop.dbcheck(['staged']);
    const folder = join(shop.root, '.git/dbcheck');
    const verdicts = async () => (await readdir(folder)).filter((name) => name.startsWith('verdict-'));
    const stale = await verdicts();
    await shop.dbcheck(['fix', '--stage']);
    await shop.dbcheck(['staged']);
    const clean = (await verdicts()).find((name) => !stale.includes(name)) ?? '';
    const passing = await readFile(join(folder, clean));
    await shop.git('reset', '--quiet');
    await staged({ [PATHS.ordersHcl]: WIDER });
    await shop.git('checkout', '--quiet', 'HEAD', '--', PATHS.store, 'tools/atlas/migrations', 'tools/sqlc');
    for (const bytes of [passing, passing.subarray(0, 200), Buffer.alloc(0), Buffer.from('clean')]) {
      for (const name of stale) await writeFile(join(folder, name), bytes);
      expect(saidBy(await shop.dbcheck(['staged']))).toBe(saidBy(refused));
    }
  });

  it('in a folder that can not be written is judged again each time, and said with --verbose', async () => {
    await shop.dbcheck(['cache', 'clear']);
    await writeFile(join(shop.root, '.git/dbcheck'), 'a file in the place of the folder');
    await staged({ [PATHS.ordersHcl]: WIDER });
    for (const flags of [[], ['--verbose']]) {
      const answer = expectExit(await shop.dbcheck(['staged', ...flags]), 1);
      expect(answer.stdout).not.toContain('cached');
      expect(answer.stderr.includes('note: nothing is kept for later runs: ')).toBe(flags.length > 0);
    }
    await shop.dbcheck(['cache', 'clear']);
  });

  it('is shared by linked work trees, and judged for each of their places', async () => {
    await shop.dbcheck(['cache', 'clear']);
    expectExit(await shop.dbcheck(['check']), 0);
    const tree = join(shop.root, '..', 'linked');
    await shop.git('worktree', 'add', '--quiet', '--detach', tree);
    const starts = await shop.starts();
    const answer = expectExit(await shop.dbcheck(['check'], { cwd: tree }), 0);
    expect(answer.stdout).toContain('(3 cached)');
    expect(await shop.starts()).toBe(starts);
    await shop.git('worktree', 'remove', '--force', tree);
  });
});
