import { posix } from 'node:path';
import { readSqlcConfig, type SqlcConfig } from '../config/sqlc-config.ts';
import { CheckError } from '../errors.ts';
import type { Snapshot } from '../git/snapshot.ts';

/** The sqlc configurations that a search by name found, and the files that only look like one. */
export interface FoundSqlcConfigs {
  readonly configs: readonly SqlcConfig[];
  readonly rejected: readonly { readonly path: string; readonly reason: string }[];
}

/** Other people's code, and examples that are there to be odd. */
const FOREIGN_FOLDER = /(^|\/)(vendor|node_modules|testdata)\//;

/**
 * Searches a folder for sqlc configurations: YAML and JSON files whose name has `sqlc` in it. Foreign folders are left
 * out, as are nested Go modules where the folder itself is a Go module.
 *
 * @param dir relative to the git root, '' for the root
 */
export async function searchSqlcConfigs(snapshot: Snapshot, dir: string): Promise<FoundSqlcConfigs> {
  const candidates = candidatePaths(snapshot, dir);
  const files = await snapshot.read(candidates);
  const configs: SqlcConfig[] = [];
  const rejected: { path: string; reason: string }[] = [];
  for (const [path, bytes] of files) {
    try {
      const config = await readSqlcConfig(path, bytes);
      if (/[*?[\]{}()!\\]/.test(path)) rejected.push({ path, reason: 'its name reads as a pattern' });
      else if (config.entries.length > 0) configs.push(config);
    } catch (error) {
      if (!(error instanceof CheckError)) throw error;
      rejected.push({ path, reason: error.message.split('\n', 1)[0] ?? '' });
    }
  }
  return { configs, rejected };
}

function candidatePaths(snapshot: Snapshot, dir: string): readonly string[] {
  const prefix = dir === '' ? '' : `${dir}/`;
  const files = [...snapshot.entries.values()].filter(
    ({ path, mode }) => path.startsWith(prefix) && mode.startsWith('100'),
  );
  const modules = files
    .filter(({ path }) => posix.basename(path) === 'go.mod')
    .map(({ path }) => path.slice(0, -'go.mod'.length));
  const nested = modules.includes(prefix) ? modules.filter((module) => module !== prefix) : [];
  return files
    .map(({ path }) => path)
    .filter((path) => /sqlc[^/]*\.(ya?ml|json)$/i.test(path))
    .filter((path) => !FOREIGN_FOLDER.test(path.slice(prefix.length)))
    .filter((path) => !nested.some((module) => path.startsWith(module)));
}
