import { join } from 'node:path';
import type { DialectName } from '../config/dialect-names.ts';
import { programFacts } from '../process/program-facts.ts';
import { askMysqlVersion, mysqlBinary, mysqlFolders } from './mysql-binaries.ts';
import { embeddedBuild, embeddedPackage } from './postgres-embedded.ts';
import { askPostgresVersion, systemBinaries, systemFolders } from './postgres-system.ts';
import { programFolders } from './program-folders.ts';

/**
 * What server `openDevServer` would start, as a text that differs where its plans could: part of what an output depends
 * on. Starts no server, and a program only once to ask for its version.
 *
 * @returns null for a server that is given by a URL: whoever runs it can change it at any time, and a tag of an image
 * can name another one tomorrow
 * @throws CheckError `devdb-missing`, `devdb-invalid` as `openDevServer` does
 */
export async function serverIdentity(dialect: DialectName, setting: string): Promise<string | null> {
  if (setting.includes('://')) return null;
  if (dialect === 'postgres' && setting === 'embedded') {
    const folder = embeddedPackage();
    const { digest } = await programFacts(join(folder, 'native', 'bin', 'postgres'), async () => null);
    return `${await embeddedBuild(folder)} ${digest}`;
  }
  if (dialect === 'postgres' && setting === 'system') {
    const ask = async (path: string) => (await programFacts(path, () => askPostgresVersion(path))).said;
    const { bin, build } = await systemBinaries(await programFolders(process.env, systemFolders), ask);
    return `${build} ${(await programFacts(join(bin, 'postgres'), () => askPostgresVersion(join(bin, 'postgres')))).digest}`;
  }
  if (dialect === 'mysql' && setting === 'system') {
    const { path, build } = await mysqlBinary(await programFolders(process.env, mysqlFolders));
    return `${build} ${(await programFacts(path, () => askMysqlVersion(path))).digest}`;
  }
  // Whoever opens it says what is wrong.
  return null;
}
