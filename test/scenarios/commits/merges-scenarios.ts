import { expect } from 'vitest';
import { expectExit, type Shop } from '../shop.ts';
import { edit } from './edits.ts';
import { USERS, USERS_CODE } from './hooked-shop.ts';
import { type Changes, dbcheck, git, type Scenario } from './scenario.ts';

const FOUND = `-- name: FindUser :one\nSELECT * FROM users WHERE id = $1;\n`;
const READ = `-- name: ReadUser :one\nSELECT * FROM users WHERE id = $1;\n`;
const named = (name: string, to: string) => (code: string) =>
  code
    .replaceAll(`${name}User`, `${to}User`)
    .replaceAll(`${name.toLowerCase()}User`, `${to.toLowerCase()}User`);

/** Two branches that changed the same query, each with its code. */
async function conflicting(shop: Shop): Promise<void> {
  await shop.git('switch', '--quiet', '--create', 'side');
  await edit(shop, { [USERS]: FOUND, [USERS_CODE]: named('Get', 'Find') });
  await shop.commit();
  await shop.git('switch', '--quiet', 'main');
  await edit(shop, { [USERS]: READ, [USERS_CODE]: named('Get', 'Read') });
  await shop.commit();
}

async function start(shop: Shop, ...args: string[]): Promise<void> {
  const { exitCode } = await shop.tryGit(args);
  if (exitCode !== 1) throw new Error(`git ${args.join(' ')} has no conflict`);
}

/** Takes the query of the other side, and the code of this one. */
async function resolve(shop: Shop): Promise<void> {
  await shop.git('checkout', '--theirs', USERS);
  await shop.git('checkout', '--ours', USERS_CODE);
  await shop.git('add', '--all');
}

const MENDED = {
  index: { [USERS_CODE]: named('Read', 'Find') },
  disk: { [USERS_CODE]: named('Read', 'Find') },
  status: [`M  ${USERS}`, `M  ${USERS_CODE}`],
};
const STALE = [`generated/stale ${USERS_CODE}`];

const SEARCH = '-- name: FindUsers :many\nSELECT * FROM users WHERE name = $1;\n';
const MERGED: Changes = {
  'queries/search.sql': SEARCH,
  'store/search.sql.go': { revision: 'side' },
};
const MERGED_STATUS = ['A  queries/search.sql', 'A  store/search.sql.go'];
const withMail = (code: string): string =>
  code.replace('SELECT id, name FROM', 'SELECT id, name, mail FROM').replace('&i.Name)', '&i.Name, &i.Mail)');

/** Commits all that is on disk, with everything that is generated from it. */
async function mend(shop: Shop): Promise<void> {
  expectExit(await shop.dbcheck(['fix']), 0);
  await shop.commit();
}

async function expectParents(shop: Shop, count: number): Promise<void> {
  expect((await shop.git('log', '-1', '--format=%P')).split(' ')).toHaveLength(count);
}

/** Commits that bring branches together. */
export const MERGES: readonly Scenario[] = [
  {
    number: 40,
    name: 'merge-conflict-resolved',
    given: 'a merge with conflicts, resolved and staged: the query of one side, the code of the other',
    async arrange(shop) {
      await conflicting(shop);
      await start(shop, 'merge', '--quiet', 'side');
      await resolve(shop);
    },
    steps: [
      { command: git('commit -q --no-edit'), exitCode: 1, findings: STALE, status: [`M  ${USERS}`] },
      { command: dbcheck('fix --stage'), exitCode: 0, ...MENDED },
      {
        command: git('commit -q --no-edit'),
        exitCode: 0,
        head: { [USERS]: FOUND, [USERS_CODE]: named('Read', 'Find') },
        also: (shop) => expectParents(shop, 2),
      },
    ],
  },
  {
    number: 41,
    name: 'unmerged-blocks',
    given: 'a merge with conflicts that nobody has resolved',
    async arrange(shop) {
      await conflicting(shop);
      await start(shop, 'merge', '--quiet', 'side');
    },
    steps: [
      {
        command: git('commit -q --no-edit'),
        exitCode: 128,
        says: 'Committing is not possible because you have unmerged files',
        status: [`UU ${USERS}`, `UU ${USERS_CODE}`],
      },
      {
        command: dbcheck('staged'),
        exitCode: 2,
        findings: [`index-unmerged ${USERS}`],
        status: [`UU ${USERS}`, `UU ${USERS_CODE}`],
      },
      {
        command: git('commit -q --no-edit -a'),
        exitCode: 1,
        findings: [`query/invalid ${USERS}`],
        status: [`UU ${USERS}`, `UU ${USERS_CODE}`],
      },
    ],
    note: 'git runs no hook while there are conflicts, but `-a` takes the markers for the resolution.',
  },
  {
    number: 42,
    name: 'cherry-pick-continue',
    given: 'a cherry-pick with conflicts, resolved and staged: the query of one side, the code of the other',
    async arrange(shop) {
      await conflicting(shop);
      await start(shop, 'cherry-pick', 'side');
      await resolve(shop);
    },
    steps: [
      {
        command: git('-c core.editor=true cherry-pick --continue'),
        ...{ exitCode: 1, findings: STALE, status: [`M  ${USERS}`] },
      },
      { command: dbcheck('fix --stage'), exitCode: 0, ...MENDED },
      {
        command: git('-c core.editor=true cherry-pick --continue'),
        exitCode: 0,
        head: { [USERS]: FOUND, [USERS_CODE]: named('Read', 'Find') },
        also: (shop) => expectParents(shop, 1),
      },
    ],
    note: 'git runs no hook for a cherry-pick, rebase or revert without conflicts: `dbcheck check` in CI is what sees it.',
  },
  {
    number: 43,
    name: 'clean-pre-merge-commit',
    given: 'one branch adds a column, the other a query that reads it; no line is in conflict',
    async arrange(shop) {
      await shop.git('switch', '--quiet', '--create', 'side');
      await shop.write({ 'queries/search.sql': SEARCH });
      await mend(shop);
      await shop.git('switch', '--quiet', 'main');
      await edit(shop, {
        'db/app.sql': (sql) => sql.replace('name text NOT NULL', 'name text NOT NULL,\n  mail text'),
      });
      await mend(shop);
    },
    steps: [
      {
        command: git('merge -q --no-edit side'),
        exitCode: 1,
        findings: ['generated/stale store/search.sql.go'],
        index: MERGED,
        disk: MERGED,
        status: MERGED_STATUS,
      },
      {
        command: git('commit -q --no-edit'),
        exitCode: 1,
        findings: ['generated/stale store/search.sql.go'],
        status: MERGED_STATUS,
      },
      {
        command: dbcheck('fix --stage'),
        exitCode: 0,
        index: { 'store/search.sql.go': withMail },
        disk: { 'store/search.sql.go': withMail },
        status: MERGED_STATUS,
      },
      {
        command: git('commit -q --no-edit'),
        exitCode: 0,
        head: {
          'queries/search.sql': SEARCH,
          'store/search.sql.go': { revision: 'side', edit: withMail },
        },
        also: (shop) => expectParents(shop, 2),
      },
    ],
  },
];
