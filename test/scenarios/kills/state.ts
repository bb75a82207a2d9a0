import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Shop } from '../shop.ts';

/** What a repository holds: each file on disk by mode and content, and the index. */
export interface State {
  readonly disk: ReadonlyMap<string, string>;
  readonly index: string;
}

const OUTSIDE = /^(?:\.git|node_modules)(?:\/|$)/;
const TEMPORARY = /(?:^|\/)\.dbcheck-[^/]*\.tmp$/;

/** Reads all of it; temporary files are left out, and are for `temporaryFiles` to find. */
export async function stateOf(shop: Shop): Promise<State> {
  const disk = new Map<string, string>();
  for (const path of await pathsBelow(shop.root)) {
    if (OUTSIDE.test(path) || TEMPORARY.test(path)) continue;
    const { mode } = await lstat(join(shop.root, path));
    const bytes = await readFile(join(shop.root, path));
    disk.set(path, `${mode.toString(8)} ${createHash('sha256').update(bytes).digest('hex')}`);
  }
  return { disk, index: await shop.git('ls-files', '--stage') };
}

/** What an ended run may leave until the next one: temporary files, also beside the index, and a lock on it. */
export async function temporaryFiles(shop: Shop): Promise<readonly string[]> {
  const git = (await readdir(join(shop.root, '.git'))).map((name) => `.git/${name}`);
  const disk = (await pathsBelow(shop.root)).filter((path) => !OUTSIDE.test(path));
  return [...disk, ...git].filter((path) => TEMPORARY.test(path) || path.endsWith('.lock')).sort();
}

async function pathsBelow(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const below = entries
    .filter(({ name }) => !OUTSIDE.test(name))
    .map(async (entry) => {
      if (!entry.isDirectory()) return [join(root, entry.name)];
      const inner = await readdir(join(root, entry.name), { recursive: true, withFileTypes: true });
      return inner.filter((found) => !found.isDirectory()).map((found) => join(found.parentPath, found.name));
    });
  return (await Promise.all(below)).flat().map((path) => relative(root, path));
}

/**
 * What is wrong with a state in the middle of a change: a file that is neither what it was nor what it becomes, an index
 * that is neither, an `atlas.sum` before the migrations beside it, an index before the disk.
 */
export function tornParts(now: State, old: State, whole: State): readonly string[] {
  const paths = [...new Set([...now.disk.keys(), ...old.disk.keys(), ...whole.disk.keys()])];
  const isOld = (path: string) => now.disk.get(path) === old.disk.get(path);
  const isNew = (path: string) => now.disk.get(path) === whole.disk.get(path);
  const torn = paths.filter((path) => !isOld(path) && !isNew(path));
  const early = paths.filter((path) => {
    if (!path.endsWith('/atlas.sum') || isOld(path)) return false;
    const folder = path.slice(0, -'atlas.sum'.length);
    return paths.some((other) => other.startsWith(folder) && !isNew(other));
  });
  const index = now.index === old.index || now.index === whole.index ? [] : ['the index'];
  const ahead = now.index !== old.index && !paths.every(isNew) ? ['the index, before the disk'] : [];
  return [...torn, ...early.map((path) => `${path}, before its migrations`), ...index, ...ahead];
}
