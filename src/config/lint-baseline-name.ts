import { posix } from 'node:path';
import type { Project } from './project.ts';

/** Stands beside the configuration, and holds the findings that the project had when it took the rules on. */
export const LINT_BASELINE = 'dbcheck.lint-baseline.json';

/** The file's path, relative to the git root. */
export function lintBaselinePath({ dir }: Pick<Project, 'dir'>): string {
  return posix.join(dir, LINT_BASELINE);
}
