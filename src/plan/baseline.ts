import { comparePaths } from '../git/path-bytes.ts';
import type { DatabaseTarget } from './targets.ts';

/**
 * The baseline's path: where there are several, the one in HEAD is kept, else the oldest, whose name sorts first;
 * where there is none, HEAD's name, else a fixed one that no clock has part in.
 *
 * @param fallback the file name of a first baseline
 */
export function baselinePath(target: DatabaseTarget, fallback: string): string {
  const candidates = baselines(target, target.migrationFiles);
  const inHead = baselines(target, target.headMigrationFiles);
  const kept = candidates.find((path) => inHead.includes(path));
  return kept ?? candidates[0] ?? inHead[0] ?? `${target.migrationsDir}/${fallback}`;
}

/** Whether a file is one that the step `plan` may make: a `.sql` file or `atlas.sum` in the migrations folder itself. */
export function isMigrationFile(target: DatabaseTarget, path: string): boolean {
  return path === `${target.migrationsDir}/atlas.sum` || baselines(target, [path]).length > 0;
}

/** The `.sql` files that stand in the migrations folder itself, oldest first. */
export function baselines(target: DatabaseTarget, files: readonly string[]): readonly string[] {
  const prefix = `${target.migrationsDir}/`;
  return files
    .filter(
      (path) => path.startsWith(prefix) && path.endsWith('.sql') && !path.slice(prefix.length).includes('/'),
    )
    .sort(comparePaths);
}

/**
 * The version that Atlas reads off a migration's name: what stands before its first underscore, or all of it; null
 * where Atlas does not take the file for a migration at all.
 */
export function migrationVersion(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.endsWith('.sql') ? (name.slice(0, -'.sql'.length).split('_', 1)[0] ?? '') : null;
}
