import { join } from 'node:path';
import type { MysqlBinary } from './mysql-binaries.ts';

export const SOCKET_NAME = 's.sock';

/** What both products understand. Data is never worth more than one run, and plans depend on nobody's settings. */
const COMMON = [
  '--skip-networking',
  '--skip-log-bin',
  '--performance-schema=0',
  '--innodb-buffer-pool-size=8M',
  '--innodb-doublewrite=0',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-use-native-aio=0',
  '--innodb-stats-persistent=0',
  '--default-time-zone=+00:00',
  '--explicit-defaults-for-timestamp=1',
  // MySQL 8's own default, which MariaDB's differs from.
  '--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
];
const OWN = {
  MySQL: ['--mysqlx=OFF', '--innodb-redo-log-capacity=8M'],
  MariaDB: [
    // An empty folder without privilege tables is a server at once; the socket's folder keeps others out.
    '--skip-grant-tables',
    '--innodb-flush-method=nosync',
    '--innodb-data-file-path=ibdata1:5M:autoextend',
    '--innodb-autoextend-increment=1',
    '--innodb-temp-data-file-path=ibtmp1:5M:autoextend',
    '--innodb-log-file-size=4M',
    '--aria-log-file-size=8M',
  ],
} as const;

/** The defaults of a server's databases, for plans that make their own database. */
export interface ServerDefaults {
  readonly charset?: string | undefined;
  readonly collation?: string | undefined;
}

/** The command that runs a private server in a folder, with its data in `data` there. */
export function serverCommand(
  binary: Pick<MysqlBinary, 'path' | 'product'>,
  folder: string,
  defaults: ServerDefaults = {},
): [string, ...string[]] {
  return [
    binary.path,
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    `--socket=${join(folder, SOCKET_NAME)}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--tmpdir=${folder}`,
    ...COMMON,
    ...OWN[binary.product],
    ...(defaults.charset === undefined ? [] : [`--character-set-server=${defaults.charset}`]),
    ...(defaults.collation === undefined ? [] : [`--collation-server=${defaults.collation}`]),
  ];
}
