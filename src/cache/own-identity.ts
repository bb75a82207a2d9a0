import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keyOf } from './digest.ts';

/** Variables that change what any native program does. */
const LOADER = /^(LD_|DYLD_|GODEBUG$)/;

/**
 * What every key begins with: dbcheck itself, and the variables that change what its tools and servers do.
 *
 * @returns a digest; null where dbcheck can't tell what it is
 */
export function runIdentity(env: NodeJS.ProcessEnv): string | null {
  const own = ownIdentity();
  const loader = Object.entries(env)
    .filter(([name]) => LOADER.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return own === null ? null : keyOf([own, ...loader]);
}

/**
 * What dbcheck itself is: the bytes of its program, the package.json of each package that it depends on, and the Node
 * that runs it. Read at once and not in turns, since a known verdict waits for nothing else.
 *
 * @param folder where the program lies, by default the one that this file is part of
 * @returns a digest; null where a package can't be found, as with an installation that keeps no folders
 */
export function ownIdentity(folder: string = dirname(fileURLToPath(import.meta.url))): string | null {
  const hash = createHash('sha256');
  const add = (name: string, bytes: Buffer) => hash.update(`${name}\n${bytes.length}\n`).update(bytes);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of names) add(path.slice(folder.length), readFileSync(path));
  const own = findUpwards(folder, 'package.json');
  if (own === null) return null;
  add('package.json', own);
  for (const name of dependenciesOf(own)) {
    const manifest = findUpwards(folder, join('node_modules', name, 'package.json'));
    if (manifest === null) return null;
    add(name, manifest);
  }
  return hash.update(`${process.version} ${process.platform} ${process.arch}`).digest('hex');
}

function dependenciesOf(manifest: Buffer): readonly string[] {
  const value: unknown = JSON.parse(manifest.toString());
  const dependencies = typeof value === 'object' && value !== null && 'dependencies' in value;
  return dependencies ? Object.keys(Object(value.dependencies)) : [];
}

/** The nearest file of that name in a folder or above it, as Node looks for packages. */
function findUpwards(from: string, name: string): Buffer | null {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      return readFileSync(join(folder, name));
    } catch {
      if (folder === dirname(folder)) return null;
    }
  }
}
