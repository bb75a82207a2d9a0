import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { z } from 'zod';
import { CheckError } from '../errors.ts';
import { encodePath } from '../git/path-bytes.ts';

const stringMap = z.record(z.string(), z.unknown()).catch({});

/** What of a package.json says how hooks are run; other keys and odd values are none of our business. */
const definition = z.object({
  scripts: stringMap.default({}),
  dependencies: stringMap.default({}),
  devDependencies: stringMap.default({}),
  bin: z.union([z.string(), stringMap]).optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  'lint-staged': z.unknown().optional(),
});

/** A package.json on disk. */
export interface PackageJson {
  /** Its folder relative to the git root, '' for the root. */
  readonly dir: string;
  readonly text: string;
  readonly scripts: Readonly<Record<string, unknown>>;
  /** Its own program of the name `dbcheck`, relative to the git root, or null. */
  readonly ownProgram: string | null;
  readonly lintStaged: unknown;
  dependsOn(name: string): boolean;
}

/**
 * Reads the package.json of a folder.
 *
 * @param root the git root, absolute
 * @returns null where there is none
 * @throws CheckError `package-invalid` if it is not a JSON object
 */
export async function readPackageJson(root: string, dir: string): Promise<PackageJson | null> {
  const path = posix.join(dir, 'package.json');
  let text: string;
  try {
    text = await readFile(encodePath(posix.join(root, path)), 'utf8');
  } catch {
    return null;
  }
  const read = definition.safeParse(parseJson(path, text));
  if (!read.success) throw notAnObject(path);
  const { scripts, dependencies, devDependencies, bin, name } = read.data;
  const program = typeof bin === 'string' ? (name === 'dbcheck' ? bin : undefined) : bin?.['dbcheck'];
  return {
    dir,
    text,
    scripts,
    ownProgram: typeof program === 'string' ? posix.join(dir, program) : null,
    lintStaged: read.data['lint-staged'],
    dependsOn: (wanted) => wanted in dependencies || wanted in devDependencies,
  };
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notAnObject(path);
  }
}

function notAnObject(path: string): CheckError {
  return new CheckError('package-invalid', 'package.json is not a JSON object', {
    place: { path },
    hint: 'mend it, then run dbcheck init again',
  });
}
