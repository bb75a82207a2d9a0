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
    // Git renews the time of a shared index that it reads and of an object that it would write again, so that none is
    // thrown away while in use.
    const renewed = file.name.startsWith('sharedindex.') || /\/objects\/[0-9a-f]{2}$/.test(file.parentPath);
    const time = renewed ? '' : mtimeMs;
    return `${path} ${mode} ${time} ${createHash('sha256').update(bytes).digest('hex')}`;
  });
  return (await Promise.all(lines)).sort();
}
