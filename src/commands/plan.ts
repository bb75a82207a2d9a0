import { displayPath } from '../git/path-bytes.ts';
import type { Reason } from '../plan/affected.ts';
import { stepsOf } from '../plan/steps.ts';
import { openProject } from './open-project.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { targetsToJudge } from './select.ts';

/** `dbcheck plan`: the targets and their steps, which of them the index affects, and why. Runs nothing. */
export async function plan(options: CommonOptions): Promise<CommandResult> {
  const open = await openProject(options, { kind: 'index' });
  const affected = new Map(
    targetsToJudge(open, 'changed', options.targets).map((found) => [found.target.id, found.reasons]),
  );
  const targets = open.graph.targets.map((target) => ({
    target: target.id,
    steps: stepsOf(target),
    affected: affected.has(target.id),
    reasons: affected.get(target.id) ?? [],
  }));
  if (options.format === 'json')
    return { exitCode: 0, stdout: `${JSON.stringify({ version: 1, targets }, null, 2)}\n`, stderr: '' };
  const lines = targets.flatMap(({ target, steps, reasons }) => [
    `${displayPath(target)}: ${steps.length === 0 ? 'removed' : steps.join(', ')}${reasons.length === 0 ? ' (not affected)' : ''}`,
    ...reasons.map((reason) => `  ${worded(reason)}`),
  ]);
  return { exitCode: 0, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

function worded(reason: Reason): string {
  switch (reason.kind) {
    case 'source':
    case 'output':
      return `${reason.kind} changed: ${displayPath(reason.path)}`;
    case 'config':
      return `configuration changed: ${displayPath(reason.path)}`;
    case 'tool':
      return `pinned tool changed: ${displayPath(reason.path)}`;
    case 'reads':
      return `goes with ${displayPath(reason.target)}, which is affected`;
    case 'feeds':
      return `${displayPath(reason.target)} reads what it makes`;
    case 'shares-output':
      return `writes into the same folder as ${displayPath(reason.target)}`;
    case 'whole':
      return 'the whole tree is judged';
  }
}
