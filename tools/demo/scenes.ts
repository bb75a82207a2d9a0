import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addColumn, keygenSchema, replaceIn } from './edits.ts';
import type { Transcript } from './transcript.ts';

const KEYGEN = keygenSchema('postgres');
const MIGRATIONS = 'tools/atlas/migrations/postgres/keygen';
const QUERIES = 'tools/sqlc/queries/postgres';
const STORE = 'tools/store/postgres';

export const BLOCKED = { exitCode: 1 };
export const MEND = ['dbcheck', 'fix', '--stage'];

/** What every scene gets: the session, and the folder that it plays in. */
export interface Stage {
  readonly root: string;
  readonly session: Transcript;
}

/** The example is committed for the first time, with its hooks. */
export async function install({ session }: Stage): Promise<void> {
  session.scene('A repository whose database code is generated, and its hooks');
  session.say('node_modules/.bin is on the PATH of this session; elsewhere it is `npx dbcheck`.');
  await session.command(['git', 'init', '--quiet', '--initial-branch=main']);
  await session.command(['npm', 'run', '--silent', 'prepare']);
  await session.command(['dbcheck', 'init']);
  await session.command(['git', 'add', '--all']);
  await session.command(['git', 'commit', '--quiet', '-m', 'Start'], {
    exitCode: 0,
    says: ['postgres/keygen', 'postgres/sign', 'postgres/watch'],
  });
}

export async function unrelated({ root, session }: Stage): Promise<void> {
  session.scene('A commit that changes no database file: silence');
  await appendFile(join(root, 'README.md'), '\nA line about something else.\n');
  await session.command(['git', 'commit', '--quiet', '-am', 'Explain something else'], {
    exitCode: 0,
    silent: true,
  });
}

export async function staleSchema({ root, session }: Stage): Promise<void> {
  session.scene('A column is added to the schema, and nothing is regenerated: blocked');
  await addColumn(root, 'phone');
  await session.command(['git', 'diff', '--unified=1', '--', KEYGEN]);
  await session.command(['git', 'add', KEYGEN]);
  await session.command(['git', 'commit', '--quiet', '-m', 'Add a phone number'], {
    ...BLOCKED,
    says: ['migration/stale', KEYGEN, 'dbcheck fix --stage'],
  });
  session.say('One command makes the migration, the sqlc schema and the Go code from what is staged.');
  await session.command(MEND);
  await session.command(['git', 'commit', '--quiet', '-m', 'Add a phone number']);
  await session.command(['git', 'show', '--stat', '--format=%s', 'HEAD']);
}

export async function secondMigration({ root, session }: Stage): Promise<void> {
  session.scene('A second migration beside the baseline: blocked');
  await addColumn(root, 'locale');
  const migration = join(root, MIGRATIONS, '29990101000000_add_locale.sql');
  await writeFile(migration, 'ALTER TABLE "customers" ADD COLUMN "locale" character varying(32) NULL;\n');
  await session.command(['git', 'add', '--all']);
  await session.command(['git', 'status', '--short']);
  await session.command(['git', 'commit', '--quiet', '-m', 'Add a locale'], {
    ...BLOCKED,
    says: ['migration/multiple-baselines'],
  });
  session.say('The baseline of HEAD is kept and becomes the whole schema again; the second file goes.');
  await session.command(MEND);
  await session.command(['git', 'commit', '--quiet', '-m', 'Add a locale']);
}

export async function handEdit({ root, session }: Stage): Promise<void> {
  session.scene('A generated file is edited by hand: blocked');
  const method = 'func (q *Queries) DeleteWallet(';
  await replaceIn(join(root, STORE, 'wallets.sql.go'), method, `// Handle with care.\n${method}`);
  await session.command(['git', 'diff', '--unified=0', '--', STORE]);
  await session.command(['git', 'add', STORE]);
  await session.command(['git', 'commit', '--quiet', '-m', 'Say how to handle it'], {
    ...BLOCKED,
    says: ['generated/hand-edited', `${STORE}/wallets.sql.go`],
  });
  await session.command(MEND);
  session.say(
    'The edit belongs in the query; the generated file is as it was, so nothing is left to commit.',
  );
  await session.command(['git', 'status', '--short'], { exitCode: 0, silent: true });
}

export async function deletedQuery({ session }: Stage): Promise<void> {
  session.scene('Queries are deleted, and their Go code stays: blocked');
  await session.command(['git', 'rm', '--quiet', `${QUERIES}/webhooks.sql`]);
  await session.command(['git', 'commit', '--quiet', '-m', 'Drop the webhook queries'], {
    ...BLOCKED,
    says: ['generated/orphan', `${STORE}/webhooks.sql.go`],
  });
  await session.command(MEND);
  await session.command(['git', 'commit', '--quiet', '-m', 'Drop the webhook queries']);
}
