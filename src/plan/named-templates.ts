import { globMatcher } from '../config/glob.ts';
import type { Project } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import { matchMigration, matchSchema, matchSqlcSchema } from './matched-paths.ts';
import type { TreePaths } from './paths.ts';

/**
 * Makes sure that every template which the configuration itself names has something to do. A default may match
 * nothing; one that somebody wrote is misspelt then, and would be a check of nothing. Folders of outputs need no file
 * yet where there is a schema to make them from.
 *
 * @param trees every path of the snapshot and of HEAD, since the last schema may just be deleted
 * @throws CheckError `pattern-matches-nothing` at the template's key
 */
export function requireTemplateMatches(project: Project, trees: readonly TreePaths[]): void {
  const named = ['schemas', 'migrations.dir', 'sqlcSchemas'].some((key) => project.named(key));
  if (!named) return;
  const paths = trees.flatMap((tree) => [...tree.keys()]);
  const found = (match: typeof matchSchema) => paths.flatMap((path) => match(project, path)?.database ?? []);
  const schemas = found(matchSchema);
  const migrations = found(matchMigration);
  const sqlcSchemas = found(matchSqlcSchema);
  const templates = [
    { key: 'schemas', source: project.schemas.source, used: schemas },
    { key: 'migrations.dir', source: project.migrations.dir.source, used: [...schemas, ...migrations] },
    { key: 'sqlcSchemas', source: project.sqlcSchemas.template.source, used: [...schemas, ...sqlcSchemas] },
  ];
  for (const { key, source, used } of templates) {
    if (used.length > 0 || !project.named(key)) continue;
    throw matchesNothing(project, key, `\`${source}\` in \`${key}\` matches no file`);
  }
  const databases = new Set([...schemas, ...migrations, ...sqlcSchemas]);
  for (const name of project.sqlcSchemas.names?.keys() ?? []) {
    if (databases.has(name)) continue;
    throw matchesNothing(
      project,
      `sqlcSchemas.${name}`,
      `\`sqlcSchemas\` names \`${name}\`, and there is no such database`,
    );
  }
}

/**
 * Makes sure that everything which a command of the configuration is said to read is there: it may well do without, and
 * what it then makes would pass for fresh.
 *
 * @param paths what the command is about to be given
 * @throws CheckError `pattern-matches-nothing` at the input's place
 */
export function requireInputMatches(project: Project, paths: readonly string[]): void {
  const { extract } = project.steps;
  if (extract.kind !== 'command') return;
  for (const [index, pattern] of extract.inputs.entries()) {
    if (paths.some(globMatcher(pattern))) continue;
    const key = 'steps.extract.inputs';
    throw matchesNothing(project, `${key}.${index}`, `\`${pattern}\` in \`${key}\` matches no file`);
  }
}

function matchesNothing(project: Project, key: string, message: string): CheckError {
  return new CheckError('pattern-matches-nothing', message, {
    place: project.place(key),
    hint: 'correct it or remove it; a new file has to be staged with `git add` first',
  });
}
