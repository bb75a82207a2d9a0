import { randomBytes } from 'node:crypto';
import { currentOwner, formatOwner, ownerStates, parseOwner } from '../process/owner.ts';

const PREFIX = 'dbcheck_';
/** The least of what servers keep of a name: Postgres cuts at 63 bytes, silently, MySQL refuses more than 64. */
const NAME_BYTES = 63;

/** Which databases of a shared server are found by their name, as an SQL pattern with `\` as its escape. */
export const RUN_DATABASES_PATTERN = 'dbcheck\\_%';

/** A name for this run that no other run has, of whatever machine: it is part of the name of every database it makes. */
export async function newRunName(): Promise<string> {
  return `${formatOwner(await currentOwner())}_${randomBytes(2).toString('hex')}`;
}

/** The name of a run's database; `count` sets apart those that were made for the same purpose. */
export function runDatabaseName(run: string, count: number, purpose: string): string {
  return `${PREFIX}${run}_${count}_${databaseLabel(purpose)}`.slice(0, NAME_BYTES);
}

/** Makes any text usable inside a database's name: lower-case letters, digits and underscores, at most 20 bytes. */
export function databaseLabel(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 20);
}

/**
 * Tells which databases of a shared server a dead run has left. A run is dead when its session is gone, which held a
 * lock, and, if it ran here, its process too.
 *
 * @param names names of databases, of whomever
 * @param isHeld whether a session of the server holds the lock of a run with that name
 */
export async function abandonedDatabases(
  names: readonly string[],
  isHeld: (run: string) => boolean | Promise<boolean>,
): Promise<readonly string[]> {
  const found = names.flatMap((name) => {
    const owner = parseOwner(name, PREFIX);
    return owner ? [{ name, owner }] : [];
  });
  const states = await ownerStates(found.map(({ owner }) => owner));
  const abandoned: string[] = [];
  for (const [index, { name, owner }] of found.entries()) {
    const [mark] = name.slice(PREFIX.length + formatOwner(owner).length + 1).split('_');
    if (states[index] === 'alive' || (await isHeld(`${formatOwner(owner)}_${mark}`))) continue;
    abandoned.push(name);
  }
  return abandoned;
}
