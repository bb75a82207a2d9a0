import { readdir, realpath, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { CheckError } from '../errors.ts';
import { programFacts } from '../process/program-facts.ts';
import { run } from '../process/run.ts';
import { runnable } from '../process/search-path.ts';
import { type MysqlProduct, readProduct } from './mysql-product.ts';
import type { ProgramFolders } from './program-folders.ts';

/** An installed server's program, with what it says that it is. */
export interface MysqlBinary extends MysqlProduct {
  /** The real path of the program. */
  readonly path: string;
  /** A text that differs between any two builds whose plans could differ. */
  readonly build: string;
}

/** Servers are not for people to run, so packagers put them where PATH does not lead. */
const FOLDERS = ['/usr/sbin', '/usr/libexec', '/usr/local/sbin', '/usr/local/bin', '/usr/local/mysql/bin'];
const BREW = ['/opt/homebrew/opt', '/usr/local/opt'];
const PROGRAMS = ['mysqld', 'mariadbd'];

/** The command that gives the server's program without starting a service. */
export const MYSQL_INSTALL_COMMAND =
  process.platform === 'darwin' ? 'brew install mariadb' : 'apt-get install -y mariadb-server-core';

/** The folders in which server programs may lie: those of `path` (as in the variable PATH) first. */
export async function mysqlFolders(path: string): Promise<string[]> {
  const brewed = await Promise.all(
    BREW.map(async (parent) => {
      const names = await readdir(parent).catch((): string[] => []);
      const kegs = names.filter((name) => /^(mysql|mariadb)(@[\d.]+)?$/.test(name));
      return kegs.flatMap((name) => [join(parent, name, 'bin'), join(parent, name, 'libexec')]);
    }),
  );
  return [...path.split(delimiter).filter((folder) => folder.startsWith('/')), ...FOLDERS, ...brewed.flat()];
}

/**
 * Finds an installed server: MySQL itself where there is one, since MariaDB only stands in for it; among equals the
 * first in `folders`.
 *
 * @param ask what a program says of its version, null where it is no such server
 * @throws CheckError `devdb-missing`
 */
export async function mysqlBinary(
  { folders, origin }: ProgramFolders,
  ask: (path: string) => Promise<string | null> = rememberedVersion,
): Promise<MysqlBinary> {
  const found = new Map<string, MysqlBinary>();
  for (const folder of folders) {
    for (const name of PROGRAMS) {
      const path = join(folder, name);
      if ((await runnable(path)) !== 'runnable') continue;
      const real = await realpath(path);
      if (found.has(real)) continue;
      const binary = await identified(real, ask);
      if (binary !== undefined) found.set(real, binary);
    }
  }
  const binaries = [...found.values()];
  const best = binaries.find(({ product }) => product === 'MySQL') ?? binaries[0];
  if (best !== undefined) return best;
  throw new CheckError(
    'devdb-missing',
    `No MySQL or MariaDB server is installed: mysqld and mariadbd are not to be found${origin}`,
    {
      hint: `${MYSQL_INSTALL_COMMAND}, or set devDatabase.mysql to docker://mysql/8/dev or to the URL of a server`,
    },
  );
}

async function identified(
  path: string,
  ask: (path: string) => Promise<string | null>,
): Promise<MysqlBinary | undefined> {
  const said = await ask(path);
  if (said === null) return undefined;
  const { size } = await stat(path);
  const product = readProduct(said);
  const build = `system ${process.platform}-${process.arch} ${product.product} ${said} ${size}`;
  return { ...product, path, build };
}

/** Starting the program takes a tenth of a second, and what it says does not change. */
async function rememberedVersion(path: string): Promise<string | null> {
  return (await programFacts(path, () => askMysqlVersion(path))).said;
}

/**
 * The version that a program names: "mysqld  Ver 8.0.36 for Linux on x86_64 (…)", "mariadbd  Ver
 * 10.11.6-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (…)"; null where it names none.
 */
export async function askMysqlVersion(path: string): Promise<string | null> {
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const result = await run(path, ['--no-defaults', '--version'], { cwd: '/', env, timeout: 20_000 });
  return /\bVer (\d\S*)/.exec(result.stdout.toString())?.[1] ?? null;
}
