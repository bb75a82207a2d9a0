import { lintBaselinePath } from '../config/lint-baseline-name.ts';
import { type LintBaseline, readLintBaseline } from '../rules/lint-baseline.ts';
import type { OpenProject } from './open-project.ts';
import { readPresent } from './read-sources.ts';

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
