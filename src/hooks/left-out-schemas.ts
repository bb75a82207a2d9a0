import { posix } from 'node:path';
import type { Project } from '../config/project.ts';
import { shellWord } from '../config/stage-command.ts';
import { CheckError } from '../errors.ts';
import { displayPath } from '../git/path-bytes.ts';
import { templateFor } from './found-schemas.ts';

/** As many as a person reads. */
const MOST_NAMED = 5;

/** A line for each schema that is at another place than `schemas` says, the first few by name. */
export function leftOutNotes({ schemas }: Project, paths: readonly string[]): readonly string[] {
  const more = paths.length - MOST_NAMED;
  return [
    ...paths
      .slice(0, MOST_NAMED)
      .map((path) => `left out   ${displayPath(path)}: \`schemas\` is ${schemas.source}`),
    ...(more > 0 ? [`left out   ${more} more HCL ${more === 1 ? 'file' : 'files'} with schemas`] : []),
  ];
}

/**
 * What makes schemas at other places part of a project.
 *
 * @param hasSqlc whether there is code that has to follow them
 */
export function coverStep(
  { dir, schemas, sqlcSchemas }: Project,
  paths: readonly string[],
  hasSqlc: boolean,
): string {
  const template = templateFor(paths, dir);
  const where =
    template === null
      ? 'where they and their migrations are (schemas and migrations.dir, each with {dialect} and {database} in its path)'
      : `where they are (schemas: ${template}) and where their migrations are (migrations.dir, with {dialect} and {database} in its path)`;
  const config = posix.join(dir, 'dbcheck.config.yaml');
  const sqlc = hasSqlc
    ? `, let \`schema\` of the sqlc configurations name what is made from them, ${posix.join(dir, sqlcSchemas.template.source)}`
    : '';
  return `move them to ${posix.join(dir, schemas.source)}, or say in ${config} ${where}${sqlc}, then dbcheck init`;
}

/**
 * Why there is nothing to guard.
 *
 * @param elsewhere schemas at other places than `schemas` says
 * @param below the folders of projects of their own
 * @param cwd relative to the git root
 */
export function nothingToGuard(
  project: Project,
  { elsewhere, below, cwd }: Readonly<Record<'elsewhere' | 'below', readonly string[]>> & { cwd: string },
): CheckError {
  if (below.length > 0) {
    const are = below.length === 1 ? 'is a project of its own' : 'are projects of their own';
    const calls = below.map((dir) => `(cd ${shellWord(posix.relative(cwd, dir))} && dbcheck init)`);
    return new CheckError('no-target', `There is nothing to guard here: ${listed(below)} ${are}`, {
      hint: calls.join(' && '),
    });
  }
  if (elsewhere.length > 0) {
    const verb = elsewhere.length === 1 ? 'does' : 'do';
    return new CheckError(
      'no-target',
      `There is nothing to guard: \`schemas\` is ${project.schemas.source}, which ${listed(elsewhere)} ${verb} not fit, and there is no sqlc configuration`,
      { hint: coverStep(project, elsewhere, false) },
    );
  }
  const inFolder = project.dir === '' ? '' : ` below ${project.dir}`;
  return new CheckError(
    'no-target',
    `There is nothing to guard: no schema in ${project.schemas.literalFolder} and no sqlc configuration${inFolder}`,
    {
      hint: 'say in dbcheck.config.yaml where they are (schemas, sqlc.configs), then run dbcheck init again',
    },
  );
}

function listed(paths: readonly string[]): string {
  const named = paths.slice(0, MOST_NAMED).map(displayPath);
  if (paths.length > MOST_NAMED) named.push(`${paths.length - MOST_NAMED} more`);
  return [named.slice(0, -1).join(', '), ...named.slice(-1)].filter((part) => part !== '').join(' and ');
}
