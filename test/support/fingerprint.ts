import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { decodePath, displayPath } from '../../src/git/path-bytes.ts';

const SLASH = Buffer.from('/');

/** Every file below a folder with its content, mode and time, git's own folder included. */
export async function fingerprint(folder: string): Promise<string[]> {
  return (await linesOf(Buffer.from(folder))).sort();
}

async function linesOf(folder: Buffer): Promise<string[]> {
  const files = await readdir(folder, { encoding: 'buffer', withFileTypes: true });
  const lines = files.map(async (file): Promise<string[]> => {
    const path = Buffer.concat([folder, SLASH, file.name]);
    const shown = displayPath(decodePath(path));
    const { mode, mtimeMs } = await lstat(path);
    // The times of folders tell of files that came and went.
    if (file.isDirectory()) return [`${shown} ${mode} ${mtimeMs}`, ...(await linesOf(path))];
    const bytes = file.isSymbolicLink() ? await readlink(path, { encoding: 'buffer' }) : await readFile(path);
    // Git renews the time of a shared index that it reads and of an object, or a pack with one, that it would write
    // again, so that none is thrown away while in use.
    const renewed = /\/sharedindex\.|\/objects\/([0-9a-f]{2}\/[^/]*|pack\/[^/]*\.pack)$/.test(shown);
    return [`${shown} ${mode} ${renewed ? '' : mtimeMs} ${createHash('sha256').update(bytes).digest('hex')}`];
  });
  return (await Promise.all(lines)).flat();
}
