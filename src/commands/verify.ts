import { join } from 'node:path';
import type { FileWrite } from '../git/file-write.ts';
import { run } from '../process/run.ts';
import type { Observation } from '../rules/finding.ts';
import { tail } from '../steps/command-step.ts';
import { writeTree } from '../steps/tree-files.ts';
import type { OpenProject } from './open-project.ts';
import type { Toolbox } from './toolbox.ts';

/**
 * Runs the configuration's `verify` commands in a scratch copy of the snapshot in which every output is what its
 * step makes, or what is accepted in its place, one after another, each of them whatever the others say.
 *
 * @param mends what turns the snapshot into that tree
 * @returns an observation for each command that fails
 */
export async function verify(
  open: OpenProject,
  mends: readonly FileWrite[],
  toolbox: Toolbox,
): Promise<readonly Observation[]> {
  const { project, snapshot } = open;
  if (project.verify.length === 0) return [];
  const workspace = await toolbox.commandWorkspace('verify');
  const tree = join(workspace.dir, 'tree');
  const entries = [...snapshot.entries.values()].filter(({ mode }) => mode !== '160000');
  const modes = new Map(entries.map(({ path, mode }) => [path, mode]));
  const files = new Map(await snapshot.read([...modes.keys()], { unparsed: true }));
  for (const mend of mends) {
    if (mend.kind === 'write') files.set(mend.path, mend.bytes);
    else files.delete(mend.path);
  }
  await writeTree(tree, files, modes);
  const observations: Observation[] = [];
  for (const [index, command] of project.verify.entries()) {
    const { env, signal } = workspace;
    const options = { cwd: join(tree, project.dir), env, signal, ownGroup: true };
    const result = await run('sh', ['-c', command], options);
    if (result.exitCode === 0) continue;
    const place = project.place(`verify.${index}`) ?? { path: project.configFile ?? project.dir };
    observations.push({
      rule: 'generated/unverified',
      target: project.configFile ?? '.',
      message: `\`${command}\` fails on ${snapshot.label} with everything regenerated`,
      location: { path: place.path, line: place.line ?? null, column: place.column ?? null },
      cause: `it ended with ${result.exitCode}: ${tail(`${result.stdout}${result.stderr}`)}`,
      diff: null,
      fix: 'change the sources until it passes; dbcheck fix writes the generated files that it ran on',
    });
  }
  return observations;
}
