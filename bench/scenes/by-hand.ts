import { chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mysqlBinary, mysqlFolders } from '../../src/devdb/mysql-binaries.ts';
import { serverCommand } from '../../src/devdb/mysql-command.ts';
import { embeddedBinaries, embeddedPackage } from '../../src/devdb/postgres-embedded.ts';
import { programFolders } from '../../src/devdb/program-folders.ts';
import { serverUser } from '../../src/devdb/server-user.ts';
import { type Arm, type Command, execute } from '../paired.ts';
import type { Bench, Repository } from '../setting.ts';
import { schemaOf } from './edits.ts';

/** The commands by hand, each as lines of a shell that stand for themselves. */
export interface ByHand {
  /** Everything for these databases of a dialect and these sqlc configurations, one after another. */
  script(databases: readonly string[], sqlcDialects: readonly string[]): Arm;
}

const FORMAT = `'{{ sql . "  " }}'`;

/**
 * A person who does it without dbcheck, in a work tree of their own, and as fast as a script can without doing two
 * things at once: the server's programs, its settings and its prepared data folder are those that dbcheck has, and
 * stopping it is not timed. The conversion to SQLite, for which there is no command, is left out.
 */
export async function byHand(bench: Bench, repository: Repository, name: string): Promise<ByHand> {
  const home = await bench.scratch.folder(`${name}-by-hand`);
  const user = await serverUser();
  // Sockets have to be reached by the servers' user, for whom the scratch folder is closed.
  const servers = join('/tmp', `dbcheck-bench-${process.pid}-${name}`);
  await mkdir(servers, { recursive: true });
  bench.atEnd(() => rm(servers, { recursive: true, force: true }));
  if (user !== null) await chown(servers, user.uid, user.gid);
  await chmod(servers, 0o755);
  const as = user === null ? '' : `setpriv --reuid=${user.uid} --regid=${user.gid} --clear-groups `;
  const [atlas, sqlc] = toolPaths(repository);
  const postgres = await embeddedBinaries(embeddedPackage(), user);
  const template = join(servers, 'template');
  shell(
    `cd / && ${as}${join(postgres.bin, 'initdb')} -D ${template} -U postgres -A trust -E UTF8 --locale=C`,
  );
  const mysql = await mysqlBinary(await programFolders(process.env, mysqlFolders));
  const mariadb = join(servers, 'mysql');
  const createDatabase = join(servers, 'create.sql');
  await writeFile(createDatabase, 'CREATE DATABASE dev CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;\n');

  const urls: Record<string, string> = {
    postgres: `postgres://postgres@/template1?host=${servers}&sslmode=disable&search_path=public`,
    mysql: `mysql+unix://root@${join(mariadb, 's.sock')}?database=dev`,
  };
  const start: Record<string, string> = {
    postgres: `(cd / && ${as}pg_ctl -D ${servers}/pg -w -s -l ${servers}/pg.log -o '-k ${servers} -c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=16MB' start)`,
    mysql: [
      `(cd / && ${as}${serverCommand(mysql, mariadb).join(' ')} --init-file=${createDatabase} >${servers}/mysql.log 2>&1 &)`,
      `while ! grep -q 'ready for connections' ${servers}/mysql.log; do sleep 0.02; done`,
    ].join('\n'),
  };

  const plan = (target: string): string => {
    const [dialect = '', database = ''] = target.split('/');
    const migrations = `${home}/migrations/${target}`;
    return [
      `mkdir -p ${migrations}`,
      `${atlas} migrate diff baseline --dir file://${migrations} --to file://${home}/${target}.hcl --dev-url '${urls[dialect]}' --format ${FORMAT}`,
      `${atlas} schema inspect -u file://${migrations} --dev-url '${urls[dialect]}' --format ${FORMAT} > ${home}/${dialect}-${database}.sql`,
      `test -s ${home}/${dialect}-${database}.sql`,
    ].join('\n');
  };

  return {
    script(targets, sqlcDialects) {
      const dialects = [...new Set(targets.map((target) => target.split('/')[0] ?? ''))];
      const lines = [
        'set -e',
        ...dialects.flatMap((dialect) => [
          start[dialect] ?? '',
          ...targets.filter((target) => target.startsWith(`${dialect}/`)).map(plan),
        ]),
        ...sqlcDialects.map((dialect) => `${sqlc} generate -f tools/sqlc/sqlc_${dialect}.yml`),
      ];
      const command: Command = {
        ...{ file: 'sh', args: ['-c', lines.join('\n')], cwd: repository.root, exitCode: 0 },
        env: {
          ...repository.env,
          ATLAS_NO_UPDATE_NOTIFIER: '1',
          PATH: `${postgres.bin}:${repository.env['PATH'] ?? ''}`,
        },
      };
      return {
        command,
        async prepare() {
          await rm(join(home, 'migrations'), { recursive: true, force: true });
          await rm(join(servers, 'mysql.log'), { force: true });
          if (dialects.includes('postgres')) shell(`cp -a ${template} ${servers}/pg`);
          if (dialects.includes('mysql')) {
            const owner = user === null ? '' : `chown -R ${user.uid}:${user.gid} ${mariadb} && `;
            shell(`mkdir -p ${mariadb}/data && ${owner}chmod 700 ${mariadb}`);
          }
          for (const target of targets) {
            const hcl = await repository.read(schemaOf(target));
            await mkdir(dirname(join(home, target)), { recursive: true });
            // What MariaDB lacks or writes in a way that it refuses to replay, one would have to do without by hand.
            await writeFile(
              join(home, `${target}.hcl`),
              hcl
                .replaceAll(/utf8mb4_0900_\w+/g, 'utf8mb4_unicode_ci')
                .replaceAll(/type( +)= json$/gm, 'type$1= longtext'),
            );
          }
        },
        restore() {
          if (dialects.includes('postgres')) {
            shell(
              `cd / && ${as}${join(postgres.bin, 'pg_ctl')} -D ${servers}/pg -s -m immediate stop; rm -rf ${servers}/pg`,
            );
          }
          if (dialects.includes('mysql')) shell(`kill -KILL $(cat ${mariadb}/pid); rm -rf ${mariadb}`);
        },
      };
    },
  };
}

/** The paths of Atlas and sqlc that dbcheck itself uses. */
export function toolPaths(repository: Repository): readonly [atlas: string, sqlc: string] {
  const said = execute(repository.dbcheck(['tools']));
  const [atlas, sqlc] = [...said.matchAll(/^ {2}(\/.*)$/gm)].map(([, path]) => path);
  if (atlas === undefined || sqlc === undefined) throw new Error(`dbcheck tools names no paths:\n${said}`);
  return [atlas, sqlc];
}

function shell(line: string): void {
  execute({ file: 'sh', args: ['-c', line], cwd: '/', env: process.env, exitCode: 0 });
}
