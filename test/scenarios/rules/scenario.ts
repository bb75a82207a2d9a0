import { delimiter, join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { copyOf, expectExit, PATHS, type Report, type Shop } from '../shop.ts';
import { BASELINE, POSTGRES, type ShopDialect } from './shop-dialect.ts';

export const ORDERS_BASELINE = `${PATHS.ordersMigrations}/${BASELINE}`;
export const STOCK_BASELINE = `${PATHS.stockMigrations}/${BASELINE}`;
export const ORDERS_SUM = `${PATHS.ordersMigrations}/atlas.sum`;
export const STOCK_SUM = `${PATHS.stockMigrations}/atlas.sum`;
export const ORDER_CODE = `${PATHS.store}/orders.sql.go`;
export const ITEM_CODE = `${PATHS.store}/items.sql.go`;
export const MODELS = `${PATHS.store}/models.go`;
export const QUERIER = `${PATHS.store}/querier.go`;

/** A violation that a commit is refused for, and how it is mended. */
export interface Scenario {
  readonly name: string;
  /** Leaves the violation in the index. */
  violate(shop: Shop): Promise<void>;
  readonly rule: string;
  readonly target: string;
  /** `path:line:column`, or `path` for a whole file; several for a rule that names several files. */
  readonly at: string | readonly string[];
  /** What the cause has to say. */
  readonly because: RegExp;
  /** What the excerpt has to show; null where the finding is about no text. */
  readonly diff: RegExp | null;
  /** What follows from the finding: `rule path:line:column`. */
  readonly folded?: readonly string[];
  /** `as told` runs the command that the finding names; `dbcheck fix` is never the answer to a mend by hand. */
  readonly mend: 'as told' | ((shop: Shop) => Promise<void>);
  /** Whether the mend leads back to the tree of HEAD. */
  readonly restores?: true;
  /** What the mended commit holds: text that a path has to contain, null for a path that must be gone. */
  readonly holds?: Readonly<Record<string, string | null>>;
}

/** Stages the violation, sees a real commit refused, mends it, commits, and holds the new commit against `check`. */
export async function play(scenario: Scenario, base: Shop): Promise<void> {
  const shop = await copyOf(base);
  try {
    await scenario.violate(shop);
    const before = await stateOf(shop);
    const report = await shop.staged();
    expectFindings(report, scenario);

    const refused = await shop.commitStaged();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain(`error[${scenario.rule}]: `);
    expect(rulesOf(refused.stderr)).toEqual(new Set([scenario.rule]));
    expect(refused.stderr).toContain('Commit blocked');
    expect(await stateOf(shop)).toEqual(before);

    await mend(scenario, shop, report);
    await expectFreshCommit(shop, scenario);
  } finally {
    await shop.remove();
  }
}

/** The same on the index alone, for what a hook has no part in: it is judged, mended, and judged again. */
export async function playInIndex(scenario: Scenario, base: Shop): Promise<void> {
  const shop = await copyOf(base);
  try {
    await scenario.violate(shop);
    const report = await shop.staged();
    expectFindings(report, scenario);
    await mend(scenario, shop, report);
    if (scenario.restores)
      expect(await shop.git('write-tree')).toBe(await shop.git('rev-parse', 'HEAD^{tree}'));
    else expect(await shop.staged()).toMatchObject({ outcome: 'clean', diagnostics: [], notChecked: [] });
    await expectHeld(shop, '', scenario.holds);
  } finally {
    await shop.remove();
  }
}

async function mend(scenario: Scenario, shop: Shop, report: Report): Promise<void> {
  if (scenario.mend === 'as told') await runFix(shop, report);
  else await scenario.mend(shop);
}

async function expectFreshCommit(shop: Shop, scenario: Scenario): Promise<void> {
  const parent = await shop.git('rev-parse', 'HEAD');
  const passed = await shop.commitStaged('--allow-empty');
  expect(passed.stderr).not.toContain('error[');
  expect(passed.exitCode).toBe(0);
  expect(await shop.git('rev-parse', 'HEAD^')).toBe(parent);
  if (scenario.restores) {
    expect(await shop.git('rev-parse', 'HEAD^{tree}')).toBe(await shop.git('rev-parse', 'HEAD^^{tree}'));
  }
  await expectClean(shop, scenario.holds);
}

/** HEAD judged whole is clean, nothing is left in the work tree, and the commit holds what it has to. */
export async function expectClean(shop: Shop, holds: Scenario['holds'] = {}): Promise<void> {
  const { stdout } = expectExit(await shop.dbcheck(['check', '--format', 'json']), 0);
  const report: Report = JSON.parse(stdout);
  expect(report).toMatchObject({ outcome: 'clean', diagnostics: [], errors: [], notChecked: [] });
  expect(await shop.git('status', '--porcelain')).toBe('');
  await expectHeld(shop, 'HEAD', holds);
}

async function expectHeld(shop: Shop, tree: '' | 'HEAD', holds: Scenario['holds'] = {}): Promise<void> {
  for (const [path, text] of Object.entries(holds)) {
    const shown = await shop.tryGit(['show', `${tree}:${path}`]);
    if (text === null) expect([path, shown.exitCode]).toEqual([path, 128]);
    else expect(shown.stdout.toString()).toContain(text);
  }
}

function expectFindings(report: Report, scenario: Scenario): void {
  const { rule, target } = scenario;
  const places = typeof scenario.at === 'string' ? [scenario.at] : scenario.at;
  const roots = report.diagnostics.filter(({ folded }) => !folded);
  const folded = report.diagnostics.filter((finding) => finding.folded);
  expect({ outcome: report.outcome, errors: report.errors }).toEqual({ outcome: 'findings', errors: [] });
  expect(roots.map((root) => [root.rule, root.target, placeOf(root)])).toEqual(
    places.map((place) => [rule, target, place]),
  );
  expect(folded.map((finding) => `${finding.rule} ${placeOf(finding)}`)).toEqual(scenario.folded ?? []);
  expect(new Set(report.diagnostics.map(({ id }) => id)).size).toBe(report.diagnostics.length);
  for (const root of roots) {
    expect(root.severity).toBe('error');
    expect(root.because).toMatch(scenario.because);
    if (scenario.diff === null) expect(root.diff).toBeNull();
    else expect(root.diff).toMatch(scenario.diff);
    expect(root.fix).toMatch(scenario.mend === 'as told' ? /^dbcheck / : /^(?!dbcheck fix)./);
  }
  for (const { because } of folded) expect(roots.map(({ id }) => id)).toContain(because);
}

export function placeOf({ location }: Report['diagnostics'][number]): string {
  return [location.path, location.line, location.column].filter((part) => part !== null).join(':');
}

/** The rules that a report for people tells in full. */
export function rulesOf(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/^(?:error|warning)\[([^\]]+)\]/gm)].map(([, rule = '']) => rule));
}

/** Runs the command of the first finding as a shell would, `dbcheck` being the one of the repository. */
async function runFix(shop: Shop, report: Report): Promise<void> {
  const command = report.diagnostics[0]?.fix ?? 'false';
  const bin = join(shop.root, 'node_modules/.bin');
  const env = { ...shop.env, PATH: `${bin}${delimiter}${shop.env['PATH']}` };
  const { exitCode, stdout, stderr } = await run('sh', ['-c', command], { cwd: shop.root, env });
  expectExit({ exitCode, stdout: stdout.toString(), stderr }, 0);
}

/** HEAD, the index and the work tree, which a refused commit must leave as they are. */
async function stateOf(shop: Shop): Promise<readonly string[]> {
  return Promise.all([
    shop.git('rev-parse', 'HEAD'),
    shop.git('ls-files', '--stage'),
    shop.git('status', '--porcelain'),
  ]);
}

/** Replaces a text in a file, which must hold it, and stages the file. */
export async function edit(shop: Shop, path: string, from: string, to: string): Promise<void> {
  const text = (await shop.read(path)).toString();
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  await stage(shop, { [path]: text.replace(from, () => to) });
}

/** Writes or deletes files, and stages them. */
export async function stage(shop: Shop, files: Readonly<Record<string, string | null>>): Promise<void> {
  await shop.write(files);
  await shop.git('add', '--all', '--', ...Object.keys(files));
}

/** Stages what the index makes, whatever is left to say. */
export async function fixStaged(shop: Shop, exitCode = 0): Promise<string> {
  return expectExit(await shop.dbcheck(['fix', '--stage']), exitCode).stdout;
}

/** Takes a file's bytes back from HEAD, into the index and onto the disk. */
export async function restore(shop: Shop, ...paths: string[]): Promise<void> {
  await shop.git('checkout', '--quiet', 'HEAD', '--', ...paths);
}

/** Takes everything of the database `stock` out but its outputs, and stages that. */
export async function dropStock(shop: Shop, { name, paths }: ShopDialect = POSTGRES): Promise<void> {
  await stage(shop, { [paths.stockHcl]: null, [paths.itemQueries]: null });
  await edit(shop, paths.sqlcConfig, `      - schemas/${name}/stock.sql\n`, '');
}
