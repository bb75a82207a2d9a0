import { cacheFolder, clearStore, STORE_LIMITS, type StoreUsage, storeUsage } from '../cache/store.ts';
import { CheckError } from '../errors.ts';
import { openRepository } from '../git/repository.ts';
import { readIndex } from '../git/snapshot.ts';
import { counted } from '../report/printable.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { readProject } from './read-project.ts';
import { sharedFolder } from './shared-folder.ts';

/**
 * `dbcheck cache info`: where the caches of this repository lie, and how much is in them.
 *
 * @throws CheckError outside of a repository, or where the configuration is broken
 */
export async function cacheInfo(options: CommonOptions): Promise<CommandResult> {
  const repo = await openRepository({ cwd: options.cwd, env: options.env });
  const snapshot = await readIndex(repo);
  const { project } = await readProject(repo, snapshot, options);
  const folder = cacheFolder(repo.commonDir);
  const sharedPath = sharedFolder(repo, project, snapshot);
  const own = { folder, ...(await storeUsage(folder)) };
  const shared = sharedPath === null ? null : { folder: sharedPath, ...(await storeUsage(sharedPath)) };
  const text = [
    ...[`${own.folder}`, `  ${usageText(own)} (at most ${limitsText()})`],
    ...(shared === null ? [] : [`${shared.folder} (shared)`, `  ${usageText(shared)}`]),
  ];
  return answer({ ...own, limits: STORE_LIMITS, shared }, text, options);
}

/**
 * `dbcheck cache clear`: removes the cache of this repository, which all its work trees share; a shared folder is left
 * to whoever keeps it.
 *
 * @throws CheckError `cache-not-removed`; outside of a repository
 */
export async function cacheClear(options: CommonOptions): Promise<CommandResult> {
  const repo = await openRepository({ cwd: options.cwd, env: options.env });
  const folder = cacheFolder(repo.commonDir);
  const removed = await storeUsage(folder);
  try {
    await clearStore(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CheckError('cache-not-removed', `The cache can't be removed: ${reason}`, {
      hint: `remove ${folder} by hand, or run with --no-cache`,
      cause: error,
    });
  }
  return answer({ folder, removed }, [`removed ${usageText(removed)} from ${folder}`], options);
}

function answer(facts: object, text: readonly string[], { format }: CommonOptions): CommandResult {
  const stdout =
    format === 'json' ? `${JSON.stringify({ version: 1, ...facts }, null, 2)}\n` : `${text.join('\n')}\n`;
  return { exitCode: 0, stdout, stderr: '' };
}

function usageText({ steps, verdicts, others, bytes }: StoreUsage): string {
  return `${counted(steps, 'step')}, ${counted(verdicts, 'verdict')}, ${counted(others, 'other')}, ${megabytes(bytes)}`;
}

function limitsText(): string {
  return `${megabytes(STORE_LIMITS.bytes)} and ${counted(STORE_LIMITS.entries, 'file')}`;
}

function megabytes(bytes: number): string {
  const value = bytes / (1024 * 1024);
  return `${Number.isInteger(value) ? value : value.toFixed(1)} MB`;
}
