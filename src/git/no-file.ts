import { CheckError } from '../errors.ts';
import { displayPath } from './path-bytes.ts';

/**
 * Why what a snapshot has at a path can't be read, or null for a file. A link would lead to what is not part of the
 * tree under check, and out of the repository altogether.
 *
 * @param mode git's, such as `120000`
 * @returns `symlinked-source` or `submodule`
 */
export function noFile(path: string, mode: string): CheckError | null {
  if (mode === '120000') {
    return new CheckError(
      'symlinked-source',
      `${displayPath(path)} is a symbolic link, and dbcheck reads and writes files`,
      { place: { path }, hint: 'put the file itself in its place' },
    );
  }
  if (mode === '160000') {
    return new CheckError('submodule', `${displayPath(path)} is a submodule, not a file`, {
      place: { path },
      hint: 'run dbcheck in the submodule itself, or name a path outside of it',
    });
  }
  return null;
}
