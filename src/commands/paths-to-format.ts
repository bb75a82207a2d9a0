import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DialectName } from '../config/dialect-names.ts';
import type { Project } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import type { Repository } from '../git/repository.ts';
import { givenPath } from './given-path.ts';

/** Whether a path is to be formatted as a schema. */
export function isSchema(path: string): boolean {
  return path.endsWith('.hcl');
}

/**
 * The files that `dbcheck fmt` was given, relative to the git root.
 *
 * @param dialects the query files that may be formatted
 * @throws CheckError `no-such-file` for one that is no file to format
 */
export async function pathsToFormat(
  repo: Repository,
  cwd: string,
  files: readonly string[],
  project: Project,
  dialects: ReadonlyMap<string, DialectName>,
): Promise<readonly string[]> {
  return Promise.all(
    files.map(async (file) => {
      const path = await givenPath(repo, cwd, file);
      const found = await lstat(resolve(cwd, file)).catch(() => null);
      const isKnown = isSchema(path) || dialects.has(path);
      if (found?.isFile() === true && isKnown && !path.startsWith('..')) return path;
      if (found?.isFile() === true && path.endsWith('.sql')) throw notLaidOut(file, project);
      throw new CheckError('no-such-file', `${file} is no HCL file of this repository`, {
        hint: file.includes('\ufffd')
          ? 'a name that is not UTF-8 can’t be given to a program: rename the file'
          : 'give files that end in .hcl, or none for every schema of the project',
      });
    }),
  );
}

function notLaidOut(file: string, { format }: Project): CheckError {
  return format.queries === null
    ? new CheckError(
        'no-such-file',
        `${file} is an SQL file, and the configuration leaves the layout of queries to people`,
        {
          hint: 'set format.queries to true in dbcheck.config.yaml',
        },
      )
    : new CheckError('no-such-file', `${file} is no query file that an sqlc configuration reads`, {
        hint: 'dbcheck plan lists the configurations; give files that they read',
      });
}
