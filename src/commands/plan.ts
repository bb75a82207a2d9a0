import { maskUrl } from '../devdb/mask-url.ts';
import type { Place } from '../errors.ts';
import { displayPath } from '../git/path-bytes.ts';
import { configuredCommands } from '../plan/commands.ts';
import type { Reason } from '../plan/reason.ts';
import { stepsOf } from '../plan/steps.ts';
import { printableLine } from '../report/printable.ts';
import { openProject } from './open-project.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { targetsToJudge } from './select.ts';

/**
 * `dbcheck plan`: the targets and their steps, which of them the index affects, and why; and the programs that the
 * configuration would have run. Runs nothing.
 */
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
  const configs = open.graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [target.config] : []));
  const commands = configuredCommands(open.project, configs).map((configured) => ({
    ...configured,
    command: maskUrl(configured.command),
  }));
  if (options.format === 'json') {
    const stdout = `${JSON.stringify({ version: 1, targets, commands }, null, 2)}\n`;
    return { exitCode: 0, stdout, stderr: '' };
  }
  const lines = targets.flatMap(({ target, steps, reasons }) => [
    `${displayPath(target)}: ${steps.length === 0 ? 'removed' : steps.join(', ')}${reasons.length === 0 ? ' (not affected)' : ''}`,
    ...reasons.map((reason) => `  ${worded(reason)}`),
  ]);
  if (commands.length > 0) lines.push('commands of the configuration:');
  for (const { command, key, place, runBy } of commands) {
    const where = place === null ? '' : ` of ${placed(place)}`;
    lines.push(`  \`${printableLine(command)}\`: ${key}${where}, run by ${runBy.join(', ')}`);
  }
  return { exitCode: 0, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

function placed({ path, line }: Place): string {
  return `${displayPath(path)}${line === undefined ? '' : `:${line}`}`;
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
