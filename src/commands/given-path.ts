import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { decodePath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';

/**
 * A file that somebody gave, as git calls it: relative to the root, whatever links the folders above it are. The file itself
 * may be a link. One outside of the repository begins with `..`.
 */
export async function givenPath(repo: Repository, cwd: string, file: string): Promise<string> {
  const given = resolve(cwd, file);
  const folder = await realpath(dirname(given)).catch(() => dirname(given));
  return decodePath(Buffer.from(relative(repo.root, join(folder, basename(given)))));
}
