import { CheckError } from '../errors.ts';
import type { DevServerKind } from './dev-server.ts';
import { type MysqlBinary, mysqlBinary, mysqlFolders } from './mysql-binaries.ts';
import { openGivenMysql } from './mysql-given.ts';
import { startPrivateMysql } from './mysql-private.ts';
import { MYSQL_SCHEMES } from './mysql-url.ts';
import { programFolders } from './program-folders.ts';
import { serverUser } from './server-user.ts';

/** MySQL, with MariaDB in its place where that is what there is: an installed server, or one at a URL. */
export const mysql: DevServerKind = {
  schemes: MYSQL_SCHEMES,
  async open(setting) {
    if (isUrl(setting)) return openGivenMysql(setting);
    const [found, user] = await Promise.all([binary(setting), serverUser()]);
    return startPrivateMysql(found, user);
  },
};

async function binary(setting: string): Promise<MysqlBinary> {
  if (setting === 'system') return mysqlBinary(await programFolders(process.env, mysqlFolders));
  throw new CheckError(
    'devdb-invalid',
    `devDatabase.mysql is "${setting}", and no package has a MySQL server`,
    {
      hint: 'set devDatabase.mysql to system (an installed MySQL or MariaDB server), docker://mysql/8/dev or a URL',
    },
  );
}

function isUrl(setting: string): boolean {
  return setting.includes('://');
}
