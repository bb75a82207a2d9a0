import { posix } from 'node:path';
import { LINT_BASELINE } from '../config/lint-baseline-name.ts';
import type { PathTemplate } from '../config/path-template.ts';
import type { Project, ToolSource } from '../config/project.ts';
import type { SqlcConfig, SqlcEntry } from '../config/sqlc-config.ts';
import { HOOK_KINDS } from './guard-block.ts';
import { escapeGlob, glob, literalFolder, pathspecs, tree, type Watched } from './pathspec.ts';

/** What picomatch reads as syntax and git's `:(glob)` as letters. */
const BEYOND_GIT = /[{}()!|+@]/;

/**
 * The pathspecs of a hook's guard: a commit that touches none of them can't change an answer of dbcheck. They cover
 * sources, outputs, dbcheck's configuration (also one that is yet to come), the sqlc configurations, the tools' go.mod
 * and go.sum, and the hook files with the guard itself.
 *
 * @param hookFiles those that are part of the repository and have the guard, relative to the git root; each stands for
 * both hooks of its folder, so that the answer is the same while only one of them is there
 * @returns pathspecs relative to the git root, in a fixed order; `.` alone where everything can matter
 */
export function guardPathspecs(
  project: Project,
  sqlcConfigs: readonly SqlcConfig[],
  hookFiles: readonly string[],
): readonly string[] {
  return pathspecs([
    ...configFiles(project),
    ...schemas(project),
    ...templateFolder(project.migrations.dir, project, '/**'),
    ...sqlcSchemas(project),
    ...extractInputs(project),
    ...project.sqlcConfigs.map(configPattern),
    ...sqlcConfigs.flatMap((config) => [tree(config.path), ...config.entries.flatMap(entryFiles)]),
    ...Object.values(project.tools).flatMap((source) => toolFiles(source, project)),
    ...hookFiles.flatMap((file) => HOOK_KINDS.map((kind) => tree(posix.join(posix.dirname(file), kind)))),
  ]);
}

/** A configuration at its usual place is watched before it exists, so that writing one leaves the guard as it is. */
function configFiles({ dir, configFile }: Project): readonly Watched[] {
  const usual = posix.join(dir, 'dbcheck.config.');
  const possible = [glob(`${escapeGlob(usual)}*`), tree(posix.join(dir, LINT_BASELINE))];
  return configFile === null || configFile.startsWith(usual) ? possible : [...possible, tree(configFile)];
}

/** A template's folder, or a pattern where that folder is the project itself and would watch everything. */
function templateFolder(template: PathTemplate, project: Project, ...suffixes: string[]): readonly Watched[] {
  if (template.literalFolder !== '' && template.literalFolder !== project.dir) {
    return [tree(template.literalFolder)];
  }
  return suffixes.map((suffix) => glob(`${templateGlob(template, project)}${suffix}`));
}

function templateGlob(template: PathTemplate, project: Project): string {
  const source = posix.normalize(posix.join(project.dir, template.source));
  return escapeGlob(source).replaceAll(/\{(dialect|database)\}/g, '*');
}

function schemas(project: Project): readonly Watched[] {
  const pattern = templateFolder(project.schemas, project, '');
  return pattern.flatMap((item) =>
    // A schema may also be a folder with the file's name less its suffix.
    item.kind === 'glob' ? [item, glob(`${item.pattern.replace(/\.hcl$/, '')}/**`)] : [item],
  );
}

function sqlcSchemas(project: Project): readonly Watched[] {
  const { template, names } = project.sqlcSchemas;
  return templateFolder(template, project, '').flatMap((item) => {
    if (item.kind === 'tree' || names === null) return [item];
    const folder = posix.dirname(item.pattern);
    return [...names.values()].map((name) => glob(posix.normalize(posix.join(folder, escapeGlob(name)))));
  });
}

function extractInputs({ steps, dir }: Project): readonly Watched[] {
  if (steps.extract.kind !== 'command') return [];
  return [...steps.extract.inputs.map(configPattern), ...commandFile(steps.extract.command, dir)];
}

/** A pattern of dbcheck's configuration; the folder it starts in where git lacks its syntax. */
function configPattern(pattern: string): Watched {
  if (!BEYOND_GIT.test(pattern)) return glob(pattern);
  const segments = pattern.split('/');
  const first = segments.findIndex((segment) => BEYOND_GIT.test(segment));
  return tree(literalFolder([...segments.slice(0, first), '*'].join('/')));
}

function entryFiles(entry: SqlcEntry): readonly Watched[] {
  return [
    ...[...entry.schema, ...entry.queries].flatMap(sqlcInput),
    ...entry.outs.map(({ dir }) => tree(dir)),
    ...entry.namedOutputs.map(tree),
  ];
}

/** A path of sqlc is a file, a folder whose `.sql` files it reads, or a pattern that reaches either. */
function sqlcInput(path: string): readonly Watched[] {
  if (path === '') return [glob('*.sql')];
  if (!/[*?[]/.test(path)) return [tree(path)];
  return path.endsWith('.sql') ? [glob(path)] : [glob(path), glob(`${path}/*.sql`)];
}

function toolFiles(source: ToolSource, project: Project): readonly Watched[] {
  if (source.kind === 'command') return commandFile(source.command, project.dir);
  return [tree(source.module), tree(posix.join(posix.dirname(source.module), 'go.sum'))];
}

/** A command that is a file of the repository, not a name to be looked for in PATH. */
function commandFile(command: string, dir: string): readonly Watched[] {
  const [program = ''] = command.split(' ');
  if (!program.includes('/') || posix.isAbsolute(program)) return [];
  const path = posix.normalize(posix.join(dir, program));
  return path.startsWith('../') ? [] : [tree(path)];
}
