import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { decodePath, encodePath } from '../git/path-bytes.ts';
import { fewAtOnce } from '../process/few-at-once.ts';

const SLASH = Buffer.from('/');

/** Writes files, contents by relative path, below an absolute folder, byte for byte. */
export async function writeTree(folder: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  const base = Buffer.from(`${folder}/`);
  const parents = new Set([...files.keys()].map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
  for (const parent of parents) await mkdir(Buffer.concat([base, encodePath(parent)]), { recursive: true });
  await fewAtOnce([...files], ([path, bytes]) => writeFile(Buffer.concat([base, encodePath(path)]), bytes));
}

/**
 * Every regular file below an absolute folder that was not written there as it is, contents by relative path.
 *
 * @param written what `writeTree` was given
 */
export async function readChanged(
  folder: string,
  written: ReadonlyMap<string, Buffer>,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const visit = async (absolute: Buffer, relative: Buffer): Promise<void> => {
    for (const entry of await readdir(absolute, { encoding: 'buffer', withFileTypes: true })) {
      const path = Buffer.concat([absolute, SLASH, entry.name]);
      const name = relative.length === 0 ? entry.name : Buffer.concat([relative, SLASH, entry.name]);
      if (entry.isDirectory()) await visit(path, name);
      else if (entry.isFile()) {
        const bytes = await readFile(path);
        const key = decodePath(name);
        if (written.get(key)?.equals(bytes) !== true) files.set(key, bytes);
      }
    }
  };
  await visit(Buffer.from(folder), Buffer.alloc(0));
  return files;
}
