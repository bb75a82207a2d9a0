import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file below a folder with its content and mode, git's own folder included. */
export async function fingerprint(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const lines = files.map(async (file) => {
    const path = join(file.parentPath, file.name);
    const { mode, mtimeMs } = await lstat(path);
    // The times of folders tell of files that came and went.
    if (file.isDirectory()) return `${path} ${mode} ${mtimeMs}`;
    const bytes = file.isSymbolicLink() ? await readlink(path) : await readFile(path);
    // Git renews the time of a shared index whenever it reads one, so that none is thrown away while in use.
    const time = file.name.startsWith('sharedindex.') ? '' : mtimeMs;
    return `${path} ${mode} ${time} ${createHash('sha256').update(bytes).digest('hex')}`;
  });
  return (await Promise.all(lines)).sort();
}
