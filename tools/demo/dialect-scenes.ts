import { MYSQL_INSTALL_COMMAND } from '../../src/devdb/mysql-binaries.ts';
import { serverIdentity } from '../../src/devdb/server-identity.ts';
import { CheckError } from '../../src/errors.ts';
import { addColumn, keygenSchema } from './edits.ts';
import { type OtherDialect, writeDialects } from './example-repository.ts';
import { BLOCKED, MEND, type Stage } from './scenes.ts';

/** The example's other dialects come in: MySQL where a server of its family is installed, and else it is said to be left out. */
export async function moreDialects({ root, session }: Stage): Promise<void> {
  const missing = await missingMysql();
  const others: readonly OtherDialect[] = missing === null ? ['mysql', 'sqlite'] : ['sqlite'];
  session.scene(`The same databases in ${missing === null ? 'MySQL and SQLite' : 'SQLite'}`);
  if (missing !== null) {
    session.say(`MySQL is left out. ${missing}.`);
    session.say(`To see it too: ${MYSQL_INSTALL_COMMAND}`);
  }
  await writeDialects(root, others);
  if (missing === null) for (const name of ['phone', 'locale']) await addColumn(root, name, 'mysql');
  await session.command(['git', 'add', '--all']);
  await session.command(['git', 'status', '--short', '--', 'tools/atlas/schemas', 'tools/sqlc/*.yml']);
  session.say('The hook is to look at their files too.');
  await session.command(['dbcheck', 'init']);
  await session.command(['git', 'add', '.husky']);
  await session.command(MEND, { exitCode: 0, shown: 3 });
  await session.command(['git', 'commit', '--quiet', '-m', 'Store it elsewhere too'], {
    exitCode: 0,
    says: [missing === null ? 'of 12 targets' : 'of 8 targets'],
  });
}

/** A column is added to each schema that people write, and that of SQLite follows from Postgres. */
export async function staleInAll({ root, session }: Stage): Promise<void> {
  const hasMysql = (await missingMysql()) === null;
  session.scene(`A schema change that is stale in ${hasMysql ? 'three' : 'two'} dialects: blocked`);
  await addColumn(root, 'time_zone');
  if (hasMysql) await addColumn(root, 'time_zone', 'mysql');
  await session.command(['git', 'add', '--all']);
  await session.command(['git', 'status', '--short']);
  await session.command(['git', 'commit', '--quiet', '-m', 'Add a time zone'], {
    ...BLOCKED,
    says: ['migration/stale', keygenSchema('postgres'), ...(hasMysql ? [keygenSchema('mysql')] : [])],
  });
  session.say('The schema of SQLite follows from that of Postgres. One command mends them all.');
  await session.command(MEND, { exitCode: 0, says: ['tools/sqlc/schemas/sqlite/keygen.sql'] });
  await session.command(['git', 'commit', '--quiet', '-m', 'Add a time zone']);
}

/** What the example has come to. */
export async function wholeCommit({ session }: Stage): Promise<void> {
  session.scene('What CI says about the commit as a whole');
  await session.command(['dbcheck', 'check']);
}

/** Why no server of the MySQL family can be had, in dbcheck's words; null where there is one. */
async function missingMysql(): Promise<string | null> {
  try {
    await serverIdentity('mysql', 'system');
    return null;
  } catch (error) {
    if (error instanceof CheckError && error.code === 'devdb-missing') return error.message;
    throw error;
  }
}
