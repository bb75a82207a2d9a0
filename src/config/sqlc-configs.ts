import { CheckError } from '../errors.ts';
import { noFile } from '../git/no-file.ts';
import type { Project } from './project.ts';
import { globScan, type ListedFile } from './scanned-paths.ts';

/**
 * The sqlc configurations that the project's patterns reach, each once, in the order of the listing.
 *
 * @param listing all files of a snapshot
 * @throws CheckError `pattern-matches-nothing` at its place for a pattern that the configuration itself names;
 * `symlinked-source` or `submodule` for what a pattern reaches and is no file
 */
export function findSqlcConfigs(project: Project, listing: readonly ListedFile[]): readonly string[] {
  const scan = globScan(listing, project.dir);
  const found = new Set<string>();
  for (const { source, patterns, place } of project.sqlcConfigItems) {
    const results = patterns.map(scan);
    const paths = results.flatMap((result) => result.paths);
    if (paths.length === 0 && project.named('sqlc.configs')) {
      const leftOut = results.flatMap((result) => result.leftOut)[0];
      throw new CheckError(
        'pattern-matches-nothing',
        leftOut === undefined
          ? `\`${source}\` in \`sqlc.configs\` matches no file`
          : `\`${source}\` in \`sqlc.configs\` matches nothing that is looked at: \`${leftOut.path}\` ${leftOut.reason}`,
        {
          place,
          hint:
            leftOut === undefined
              ? 'correct the pattern or remove it; a new file has to be staged with `git add` first'
              : 'write out its folder in `sqlc.configs`, without a wildcard, if it belongs to this project',
        },
      );
    }
    // Left alone in silence, it would pass for a configuration that was judged, or for one that is gone.
    for (const { path, noFile: mode } of results.flatMap(({ leftOut }) => leftOut)) {
      const problem = mode === null ? null : noFile(path, mode);
      if (problem !== null) {
        throw problem;
      }
    }
    for (const path of paths) {
      found.add(path);
    }
  }
  return listing.flatMap(({ path }) => (found.has(path) ? [path] : []));
}

/** The same of a tree that nobody vouches for, such as HEAD: a pattern may match nothing. */
export function matchingSqlcConfigs(project: Project, listing: readonly ListedFile[]): readonly string[] {
  const scan = globScan(listing, project.dir);
  const found = new Set(project.sqlcConfigs.flatMap((pattern) => scan(pattern).paths));
  return listing.flatMap(({ path }) => (found.has(path) ? [path] : []));
}
