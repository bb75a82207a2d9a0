import { openRepository } from '../git/repository.ts';
import { readIndex } from '../git/snapshot.ts';
import { toolsReport } from '../process/tools-report.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { readProject } from './read-project.ts';
import { createToolbox } from './toolbox.ts';

/**
 * `dbcheck tools`: builds or finds the generators that the index pins, and says which they are.
 *
 * @throws CheckError where one can't be had or does not fit its pin
 */
export async function tools(options: CommonOptions): Promise<CommandResult> {
  const repo = await openRepository({ cwd: options.cwd, env: options.env });
  const snapshot = await readIndex(repo);
  const project = await readProject(repo, snapshot, options);
  const toolbox = createToolbox({ repo, project, snapshot, options, mayBuild: true, refresh: true });
  try {
    const found = [await toolbox.tool('atlas'), await toolbox.tool('sqlc')];
    const stdout =
      options.format === 'json'
        ? `${JSON.stringify({ version: 1, tools: found }, null, 2)}\n`
        : `${toolsReport(found).join('\n')}\n`;
    return { exitCode: 0, stdout, stderr: '' };
  } finally {
    await toolbox.close();
  }
}
