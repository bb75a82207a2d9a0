import type { Project, ToolName } from '../config/project.ts';
import { findSqlcConfigs } from '../config/sqlc-configs.ts';
import { openRepository } from '../git/repository.ts';
import { readIndex, type Snapshot } from '../git/snapshot.ts';
import { findTargets } from '../plan/targets.ts';
import type { Tool } from '../process/tool.ts';
import { toolsReport } from '../process/tools-report.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { readProject } from './read-project.ts';
import { createToolbox } from './toolbox.ts';

const TOOLS: readonly ToolName[] = ['atlas', 'sqlc'];

/**
 * `dbcheck tools`: builds or finds the generators that the index pins, and says which they are. One that is neither
 * pinned nor has anything to do is not looked for: a repository with sqlc alone needs no Atlas.
 *
 * @throws CheckError where one can't be had or does not fit its pin
 */
export async function tools(options: CommonOptions): Promise<CommandResult> {
  const repo = await openRepository({ cwd: options.cwd, env: options.env });
  const snapshot = await readIndex(repo);
  const { project } = await readProject(repo, snapshot, options);
  const toolbox = createToolbox({
    repo,
    project,
    snapshot,
    options,
    identity: null,
    mayBuild: true,
    refresh: true,
  });
  const uses = usedTools(project, snapshot);
  const wanted = TOOLS.filter((name) => isDeclared(project, snapshot, name) || uses[name]);
  try {
    const found: Tool[] = [];
    // One after the other: two builds at once take each other's processors.
    for (const name of wanted.length === 0 ? TOOLS : wanted) found.push(await toolbox.tool(name));
    const idle = TOOLS.filter((name) => !found.some((tool) => tool.name === name));
    const lines = [
      ...toolsReport(found),
      ...idle.map((name) => `${name} is not needed: nothing here uses it`),
    ];
    const stdout =
      options.format === 'json'
        ? `${JSON.stringify({ version: 1, tools: found }, null, 2)}\n`
        : `${lines.join('\n')}\n`;
    return { exitCode: 0, stdout, stderr: '' };
  } finally {
    await toolbox.close();
  }
}

function isDeclared(project: Project, snapshot: Snapshot, name: ToolName): boolean {
  const source = project.tools[name];
  return source.kind !== 'default' || snapshot.entries.has(source.module);
}

function usedTools(project: Project, snapshot: Snapshot): Readonly<Record<ToolName, boolean>> {
  const schemas = findTargets(project, snapshot.entries, new Map());
  return {
    atlas: schemas.some(({ schemaFiles }) => schemaFiles.length > 0),
    sqlc: findSqlcConfigs(project, [...snapshot.entries.values()]).length > 0,
  };
}
