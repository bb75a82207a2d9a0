import picocolors from 'picocolors';
import { findingTrees } from './finding-tree.ts';
import type { Judgement } from './judgement.ts';
import { maskJudgement } from './mask-judgement.ts';
import { prettyError } from './pretty-error.ts';
import { prettyFinding, printablePath } from './pretty-finding.ts';
import type { PrettyStyle } from './pretty-style.ts';
import { prettySummary, type RunFacts } from './pretty-summary.ts';

export type { ReportingCommand } from './pretty-summary.ts';

export interface PrettyOptions extends RunFacts {
  readonly color: boolean;
  /** Leaves out the line of a clean run, warnings and excerpts; never an error or what was not checked. */
  readonly quiet: boolean;
  /** Shows excerpts whole, every file that follows from a cause, and what was checked target by target. */
  readonly verbose: boolean;
}

/**
 * Everything that a run says, for people: findings grouped by target with what follows from each, errors, and last a
 * summary of what was checked. Text from the repository and from tools is made safe for a terminal.
 *
 * @returns lines with a newline at the end of each; empty where there is nothing to say (a hook without a database change)
 */
export function reportPretty(unmasked: Judgement, options: PrettyOptions): string {
  const judgement = maskJudgement(unmasked);
  const colors = picocolors.createColors(options.color);
  const style: PrettyStyle = { colors, quiet: options.quiet, verbose: options.verbose };
  const targets = judgement.checked.map(({ target }) => target);
  const trees = findingTrees(judgement.diagnostics, targets).filter(
    ({ root }) => !(options.quiet && root.severity === 'warning'),
  );
  const headed = new Set(trees.map(({ root }) => root.target)).size > 1;
  const blocks = trees.map((tree, index) => {
    const isFirstOfTarget = trees[index - 1]?.root.target !== tree.root.target;
    const heading = headed && isFirstOfTarget ? [colors.underline(printablePath(tree.root.target))] : [];
    return [...heading, ...prettyFinding(tree, style)];
  });
  const all = [
    ...blocks,
    ...judgement.errors.map((error) => prettyError(error, colors)),
    prettySummary(judgement, options, style),
  ];
  return all
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}
