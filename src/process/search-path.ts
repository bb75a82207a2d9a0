import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Whether a path is there, and can be run. */
export type Runnable = 'runnable' | 'missing' | 'not-a-file' | 'not-executable';

/** Looks at a program without running it. Links are followed. */
export async function runnable(path: string): Promise<Runnable> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 'missing';
  if (!found.isFile()) return 'not-a-file';
  return access(path, constants.X_OK).then(
    () => 'runnable',
    () => 'not-executable',
  );
}

/**
 * Finds a program in a list of folders as a shell does, but never in the current folder.
 *
 * @param searchPath the value of PATH
 * @returns an absolute path, or null
 */
export async function searchProgram(name: string, searchPath: string | undefined): Promise<string | null> {
  for (const folder of (searchPath ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, name);
    if ((await runnable(path)) === 'runnable') return path;
  }
  return null;
}
