import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { currentOwner, formatOwner, ownerStates, parseOwner } from '../process/owner.ts';
import { decodePath } from './path-bytes.ts';

const PREFIX = '.dbcheck-';
const SUFFIX = '.tmp';
/** A temporary file lives for milliseconds; one of another machine or container that is this old has been left. */
const FOREIGN_MINUTES = 60;

/** The name of a new file in the work tree that soon gets its real name; it says who made it. */
export async function temporaryName(): Promise<string> {
  return `${PREFIX}${formatOwner(await currentOwner())}-${randomBytes(6).toString('hex')}${SUFFIX}`;
}

/** Whether a path ends in a name that {@link temporaryName} gives, so that it belongs to nobody's sources. */
export function isTemporaryPath(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.endsWith(SUFFIX) && parseOwner(name, PREFIX) !== undefined;
}

/** The temporary files that killed runs have left in a folder, and never one whose owner may still be at work. */
export async function leftoversIn(folder: Buffer): Promise<readonly Buffer[]> {
  const names = await readdir(folder, { encoding: 'buffer' }).catch((): Buffer[] => []);
  const files = names.flatMap((bytes) => {
    const name = decodePath(bytes);
    const owner = isTemporaryPath(name) ? parseOwner(name, PREFIX) : undefined;
    return owner === undefined ? [] : [{ path: Buffer.concat([folder, Buffer.from('/'), bytes]), owner }];
  });
  const states = await ownerStates(files.map((file) => file.owner));
  const left: Buffer[] = [];
  for (const [index, { path }] of files.entries()) {
    if (states[index] === 'gone' || (states[index] === 'foreign' && (await isOld(path)))) left.push(path);
  }
  return left;
}

/** Removes the temporary files that killed runs have left in a folder. */
export async function removeLeftovers(folder: Buffer): Promise<void> {
  for (const path of await leftoversIn(folder)) await rm(path, { force: true });
}

async function isOld(path: Buffer): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > FOREIGN_MINUTES * 60 * 1000;
}
