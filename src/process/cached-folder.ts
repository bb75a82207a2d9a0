import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './cache-dir.ts';
import { currentOwner, formatOwner, ownerStates, parseOwner } from './owner.ts';

const BUILDING = 'building-';

/**
 * A folder of the cache that is built once and never changed afterwards. It appears whole or not at all: two builders
 * at once both succeed, one of them wins, and what a killed one left is removed by the next builder.
 *
 * @param group a folder of the cache, such as `postgres`
 * @param name names what is in the folder, so that another content has another name
 * @param build fills the folder that it is given, which is empty and belongs to this user
 * @returns the absolute path of the finished folder
 */
export async function cachedFolder(
  group: string,
  name: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const home = join(await cacheDir(), group);
  const finished = join(home, name);
  if (await exists(finished)) return finished;
  await mkdir(home, { recursive: true });
  // Whether others may come so far is for the cache folder to say; a umask must not close it to a server's user.
  await chmod(home, 0o755);
  await sweepUnfinished(home);
  const building = await mkdtemp(join(home, `${BUILDING}${formatOwner(await currentOwner())}-`));
  try {
    await chmod(building, 0o755);
    const folder = join(building, 'content');
    await mkdir(folder);
    await chmod(folder, 0o755);
    await build(folder);
    await rename(folder, finished);
  } catch (error) {
    if (!(await exists(finished))) throw error;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return finished;
}

async function sweepUnfinished(home: string): Promise<void> {
  const folders = (await readdir(home)).flatMap((name) => {
    const owner = parseOwner(name, BUILDING);
    return owner === undefined ? [] : [{ path: join(home, name), owner }];
  });
  const states = await ownerStates(folders.map(({ owner }) => owner));
  for (const [index, { path }] of folders.entries()) {
    if (states[index] === 'gone') await rm(path, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
