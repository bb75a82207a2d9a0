import { access, constants, readdir, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { CheckError } from '../errors.ts';
import { run } from '../process/run.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { ProgramFolders } from './program-folders.ts';

/** Where packagers put servers: each is a folder of folders, one a version, with the programs below it. */
const KNOWN: readonly { readonly parent: string; readonly name: RegExp; readonly bin: string }[] = [
  { parent: '/usr/lib/postgresql', name: /^[\d.]+$/, bin: 'bin' },
  { parent: '/usr', name: /^pgsql-[\d.]+$/, bin: 'bin' },
  { parent: '/opt/homebrew/opt', name: /^postgresql(@[\d.]+)?$/, bin: 'bin' },
  { parent: '/usr/local/opt', name: /^postgresql(@[\d.]+)?$/, bin: 'bin' },
  { parent: '/Applications/Postgres.app/Contents/Versions', name: /^[\d.]+$/, bin: 'bin' },
];
/** The newest major version that every Atlas release since v0.13.1 can inspect. */
const NEWEST_PROVEN = 17;

interface Candidate {
  readonly bin: string;
  readonly version: string;
  readonly major: number;
}

/** The folders in which server programs may lie: those of `path` (as in the variable PATH) first. */
export async function systemFolders(path: string): Promise<string[]> {
  const known = await Promise.all(
    KNOWN.map(async ({ parent, name, bin }) => {
      const names = await readdir(parent).catch((): string[] => []);
      return names.filter((entry) => name.test(entry)).map((entry) => join(parent, entry, bin));
    }),
  );
  return [...path.split(delimiter).filter((folder) => folder.startsWith('/')), ...known.flat()];
}

/**
 * Finds an installed server's binaries: the newest up to 17, since older Atlas releases can't read newer ones, else
 * the oldest above; among equals the first in `folders`.
 *
 * @param ask what a program says of its version, null where it is no such server
 * @throws CheckError `devdb-missing`
 */
export async function systemBinaries(
  { folders, origin }: ProgramFolders,
  ask: (path: string) => Promise<string | null> = askPostgresVersion,
): Promise<PostgresBinaries> {
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  for (const folder of folders) {
    const bin = await serverFolder(folder);
    if (bin === undefined || seen.has(bin)) continue;
    seen.add(bin);
    const version = await ask(join(bin, 'postgres'));
    if (version !== null) candidates.push({ bin, version, major: Number.parseInt(version, 10) });
  }
  const best = preferred(candidates);
  if (best === undefined) {
    throw new CheckError(
      'devdb-missing',
      `No Postgres server is installed: initdb and postgres are not to be found${origin}`,
      {
        hint: 'install one (apt-get install postgresql, brew install postgresql@15), or set devDatabase.postgres to embedded, docker://postgres/15/dev or a URL',
      },
    );
  }
  const { size } = await stat(join(best.bin, 'postgres'));
  return {
    label: 'system Postgres',
    bin: best.bin,
    build: `system ${process.platform}-${process.arch} ${best.version} ${size}`,
  };
}

/** The candidate to take; the order of equal major versions is kept. */
export function preferred<T extends { readonly major: number }>(candidates: readonly T[]): T | undefined {
  const rank = ({ major }: T) => (major <= NEWEST_PROVEN ? NEWEST_PROVEN - major : major);
  return candidates.toSorted((a, b) => rank(a) - rank(b))[0];
}

/** The real folder of the server, if `folder` has one: links on PATH lead away from the server's libraries. */
async function serverFolder(folder: string): Promise<string | undefined> {
  try {
    const program = await realpath(join(folder, 'postgres'));
    await access(program, constants.X_OK);
    await access(join(dirname(program), 'initdb'), constants.X_OK);
    return dirname(program);
  } catch {
    return undefined;
  }
}

/** The version that a program names: "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"; null where it names none. */
export async function askPostgresVersion(path: string): Promise<string | null> {
  const { PATH = '' } = process.env;
  const result = await run(path, ['--version'], { cwd: '/', env: { PATH, LC_ALL: 'C' }, timeout: 20_000 });
  return /^postgres \(PostgreSQL\) (\d.*)$/m.exec(result.stdout.toString())?.[1] ?? null;
}
