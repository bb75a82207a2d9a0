import { expect } from 'vitest';
import { copyOf, expectExit, PATHS, type Report, type Shop } from '../shop.ts';

/** The two edits stand apart in the HCL, and in adjacent lines of everything that is generated from it. */
export const NULLABLE_STATUS = ['type = varchar(16)', 'type = varchar(32)\n    null = true'] as const;
export const NULLABLE_REGION = [
  'column "region_id" {\n    type = bigint',
  'column "region_id" {\n    type = bigint\n    null = true',
] as const;

/** Stages an edit of the HCL of `orders` with all that follows from it, and commits it through the hooks. */
export async function commitEdit(shop: Shop, [from, to]: readonly [string, string]): Promise<void> {
  const text = (await shop.read(PATHS.ordersHcl)).toString();
  expect(text).toContain(from);
  await commitFresh(shop, { [PATHS.ordersHcl]: text.replace(from, () => to) });
}

/** Writes or deletes sources, and commits them with fresh outputs. */
export async function commitFresh(shop: Shop, files: Readonly<Record<string, string | null>>): Promise<void> {
  await shop.write(files);
  await shop.git('add', '--all');
  expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  const { exitCode, stderr } = await shop.commitStaged();
  expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('error[')]);
}

/** A shop whose branches `main` and `side` have gone apart from a common commit; `main` is checked out. */
export async function diverged(
  original: Shop,
  main: (shop: Shop) => Promise<void>,
  side: (shop: Shop) => Promise<void>,
): Promise<Shop> {
  const shop = await copyOf(original);
  await shop.git('branch', 'side');
  await main(shop);
  await shop.git('switch', '--quiet', 'side');
  await side(shop);
  await shop.git('switch', '--quiet', 'main');
  return shop;
}

/** Runs a git command that has to stop at conflicts. */
export async function stopsAtConflicts(shop: Shop, ...args: string[]): Promise<readonly string[]> {
  const { exitCode, stdout, stderr } = await shop.tryGit(args);
  expect(`${stdout}${stderr}`).toMatch(/CONFLICT/);
  expect(exitCode).toBe(1);
  return unmerged(shop);
}

/** The paths that are in conflict. */
export async function unmerged(shop: Shop): Promise<readonly string[]> {
  const listed = await shop.git('ls-files', '--unmerged');
  return [...new Set(listed.split('\n').flatMap((line) => line.split('\t')[1] ?? []))];
}

/** Everything in conflict is generated: the refusal says so, and names the command that resolves it. */
export async function expectOnlyOutputs(shop: Shop, paths: readonly string[]): Promise<void> {
  for (const args of [['staged'], ['fix']]) {
    const said = await shop.dbcheck([...args, '--format', 'json']);
    const report: Report = JSON.parse(said.stdout);
    expect(report.errors).toMatchObject([
      { code: 'index-unmerged', hint: expect.stringMatching(/dbcheck fix --stage$/) },
    ]);
    expect(report.errors[0]?.message.split('\n').slice(1)).toEqual(paths.map((path) => `  ${path}`));
    expect(said.exitCode).toBe(2);
  }
}

/** Makes the outputs anew; nothing is in conflict after that, and the disk has what the index has. */
export async function resolve(shop: Shop): Promise<string> {
  const { stdout } = expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  expect(await unmerged(shop)).toEqual([]);
  expect(await shop.git('diff')).toBe('');
  return stdout;
}

/** Ends a merge, a rebase or the like, without an editor. */
export async function goOn(shop: Shop, command: string): Promise<void> {
  const { exitCode, stderr } = await shop.tryGit(['-c', 'core.editor=true', command, '--continue']);
  expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  const pending = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge'];
  for (const name of pending) expect(await shop.read(`.git/${name}`).catch(() => null)).toBeNull();
}
