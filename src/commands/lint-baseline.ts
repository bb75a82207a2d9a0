import { posix } from 'node:path';
import type { Project } from '../config/project.ts';
import { LINT_BASELINE, type LintBaseline, readLintBaseline } from '../rules/lint-baseline.ts';
import type { OpenProject } from './open-project.ts';
import { readPresent } from './read-sources.ts';

/** Where a project keeps the findings that it had when it took the rules on. */
export function lintBaselinePath({ dir }: Pick<Project, 'dir'>): string {
  return posix.join(dir, LINT_BASELINE);
}

/**
 * The known findings as the snapshot has them; none where it has no such file.
 *
 * @throws CheckError `lint-baseline-invalid`
 */
export async function lintBaselineOf({
  project,
  snapshot,
}: Pick<OpenProject, 'project' | 'snapshot'>): Promise<LintBaseline> {
  const path = lintBaselinePath(project);
  const bytes = (await readPresent(snapshot, [path])).get(path);
  return bytes === undefined ? [] : readLintBaseline(path, bytes);
}
