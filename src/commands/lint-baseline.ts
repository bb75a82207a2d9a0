import { lintBaselinePath } from '../config/lint-baseline-name.ts';
import type { Finding } from '../rules/finding.ts';
import { toFindings } from '../rules/findings.ts';
import { readLintBaseline, withoutKnown } from '../rules/lint-baseline.ts';
import { mendedFindings } from '../rules/unused-ignores.ts';
import type { OpenProject } from './open-project.ts';
import { readPresent } from './read-sources.ts';

/** What is told, and how many findings are not, since they are known. */
export interface NewFindings {
  readonly diagnostics: readonly Finding[];
  readonly known: number;
}

/**
 * Leaves out the findings that the snapshot's baseline knows.
 *
 * @param isWhole whether all sources were judged, so that a known finding that is not there is mended
 * @throws CheckError `lint-baseline-invalid`
 */
export async function newFindings(
  { project, snapshot }: Pick<OpenProject, 'project' | 'snapshot'>,
  found: readonly Finding[],
  isWhole: boolean,
): Promise<NewFindings> {
  const path = lintBaselinePath(project);
  const bytes = (await readPresent(snapshot, [path])).get(path);
  if (bytes === undefined) return { diagnostics: found, known: 0 };
  const { findings, known, mended } = withoutKnown(found, readLintBaseline(path, bytes));
  const idle = isWhole && mended > 0 ? [mendedFindings(path, mended)] : [];
  return { diagnostics: [...findings, ...toFindings(idle, new Map(), project)], known };
}
