import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { SnapshotEntry } from '../git/listing.ts';
import { decodePath, encodePath } from '../git/path-bytes.ts';
import { inARow } from '../process/in-a-row.ts';

const SLASH = Buffer.from('/');

/** What git calls the kind of a file, by path; one that is not there is a plain file. */
export type Modes = ReadonlyMap<string, SnapshotEntry['mode']>;

/**
 * Writes files, contents by relative path, below an absolute folder, byte for byte. A link comes last, so that nothing is
 * written through it, and not at all where files are in its place.
 */
export async function writeTree(
  folder: string,
  files: ReadonlyMap<string, Buffer>,
  modes: Modes = new Map(),
): Promise<void> {
  const base = Buffer.from(`${folder}/`);
  const parents = new Set<string>();
  const isLink = ([path]: readonly [string, Buffer]) => modes.get(path) === '120000';
  const inOrder = modes.size === 0 ? files : [...files].sort((one, other) => +isLink(one) - +isLink(other));
  await inARow(inOrder, ([path, bytes]) => {
    const parent = path.slice(0, path.lastIndexOf('/') + 1);
    if (!parents.has(parent)) mkdirSync(Buffer.concat([base, encodePath(parent)]), { recursive: true });
    parents.add(parent);
    const place = Buffer.concat([base, encodePath(path)]);
    if (modes.get(path) === '120000') makeLink(bytes, place);
    else writeFileSync(place, bytes, modes.get(path) === '100755' ? { mode: 0o755 } : {});
  });
}

function makeLink(target: Buffer, place: Buffer): void {
  try {
    symlinkSync(target, place);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/**
 * Looks at every regular file below an absolute folder that was not written there as it is, one after the other, so that
 * nothing is held of those that nobody keeps.
 *
 * @param written what `writeTree` was given
 * @param see given each file with its path relative to the folder
 */
export async function seeChanged(
  folder: string,
  written: ReadonlyMap<string, Buffer>,
  see: (path: string, bytes: Buffer) => void,
): Promise<void> {
  const visit = async (absolute: Buffer, relative: Buffer): Promise<void> => {
    await othersTurn();
    for (const entry of readdirSync(absolute, { encoding: 'buffer', withFileTypes: true })) {
      const path = Buffer.concat([absolute, SLASH, entry.name]);
      const name = relative.length === 0 ? entry.name : Buffer.concat([relative, SLASH, entry.name]);
      if (entry.isDirectory()) await visit(path, name);
      else if (entry.isFile()) {
        const bytes = readFileSync(path);
        const key = decodePath(name);
        if (written.get(key)?.equals(bytes) !== true) see(key, bytes);
      }
    }
  };
  await visit(Buffer.from(folder), Buffer.alloc(0));
}
