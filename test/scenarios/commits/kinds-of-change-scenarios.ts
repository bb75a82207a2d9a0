import { symlink } from 'node:fs/promises';
import { blank, edit, moreUsers, moreUsersCode, stage } from './edits.ts';
import { POSTS, POSTS_CODE, STOCK, STOCK_BASELINE, STOCK_SUM, USERS, USERS_CODE } from './hooked-shop.ts';
import { dbcheck, git, type Scenario } from './scenario.ts';

const PEOPLE = 'queries/people.sql';
const PEOPLE_CODE = 'store/people.sql.go';
const BINARY = Buffer.from([0x89, 0, 255, 10, 13, 0xe9]);
const renamed = (code: string): string => code.replace('source: users.sql', 'source: people.sql');

/** What happened to a file that is staged. */
export const KINDS_OF_CHANGE: readonly Scenario[] = [
  {
    number: 14,
    name: 'delete-only',
    given: 'a query file is deleted, and nothing else is staged',
    async arrange(shop) {
      await shop.git('rm', '--quiet', POSTS);
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        ...{ exitCode: 1, findings: [`generated/orphan ${POSTS_CODE}`], status: [`D  ${POSTS}`] },
      },
      {
        command: dbcheck('fix --stage'),
        exitCode: 0,
        index: { [POSTS_CODE]: null },
        disk: { [POSTS_CODE]: null },
        status: [`D  ${POSTS}`, `D  ${POSTS_CODE}`],
      },
      { command: git('commit -q -m Change'), exitCode: 0, head: { [POSTS]: null, [POSTS_CODE]: null } },
    ],
    note: 'lint-staged runs no task for a deletion: the guard calls `dbcheck staged` itself.',
  },
  {
    number: 15,
    name: 'rename',
    given: 'a query file is renamed',
    async arrange(shop) {
      await shop.git('mv', USERS, PEOPLE);
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        findings: [`generated/missing ${PEOPLE_CODE}`, `generated/orphan ${USERS_CODE}`],
        status: [`R  ${USERS} -> ${PEOPLE}`],
      },
      {
        command: dbcheck('fix --stage'),
        exitCode: 0,
        index: { [USERS_CODE]: null, [PEOPLE_CODE]: { revision: 'HEAD', path: USERS_CODE, edit: renamed } },
        disk: { [USERS_CODE]: null, [PEOPLE_CODE]: { revision: 'HEAD', path: USERS_CODE, edit: renamed } },
        status: [`R  ${USERS} -> ${PEOPLE}`, `R  ${USERS_CODE} -> ${PEOPLE_CODE}`],
      },
      {
        command: git('commit -q -m Change'),
        exitCode: 0,
        head: {
          [USERS]: null,
          [USERS_CODE]: null,
          [PEOPLE]: { revision: 'HEAD~', path: USERS },
          [PEOPLE_CODE]: { revision: 'HEAD~', path: USERS_CODE, edit: renamed },
        },
      },
    ],
  },
  {
    number: 16,
    name: 'rename-plus-edit',
    given: 'a query file and its code are renamed, and the query file edited',
    async arrange(shop) {
      await shop.git('mv', USERS, PEOPLE);
      await shop.git('mv', USERS_CODE, PEOPLE_CODE);
      await stage(shop, { [PEOPLE]: moreUsers, [PEOPLE_CODE]: renamed });
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        findings: [`generated/stale ${PEOPLE_CODE}`],
        status: [`A  ${PEOPLE}`, `D  ${USERS}`, `R  ${USERS_CODE} -> ${PEOPLE_CODE}`],
      },
      {
        command: dbcheck('fix --stage'),
        exitCode: 0,
        index: { [PEOPLE_CODE]: moreUsersCode },
        disk: { [PEOPLE_CODE]: moreUsersCode },
        status: [`A  ${PEOPLE}`, `D  ${USERS}`, `R  ${USERS_CODE} -> ${PEOPLE_CODE}`],
      },
    ],
  },
  {
    number: 17,
    name: 'mode-only',
    given: 'the code of a query becomes executable, and so does its query file',
    async arrange(shop) {
      await shop.git('update-index', '--chmod=+x', USERS_CODE, USERS);
      await shop.git('checkout-index', '--force', '--all');
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 0,
        head: { [USERS_CODE]: { mode: '100755' }, [USERS]: { mode: '100755' } },
      },
    ],
    note: 'Generators write bytes and no modes, so that a mode is nobody’s fault.',
  },
  {
    number: 18,
    name: 'typechange',
    given: 'the code of a query becomes a symbolic link',
    async arrange(shop) {
      await shop.write({ [USERS_CODE]: null });
      await symlink('db.go', shop.path(USERS_CODE));
      await shop.git('add', '--all');
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        findings: [`symlinked-source ${USERS_CODE}`],
        status: [`T  ${USERS_CODE}`],
      },
    ],
  },
  {
    number: 19,
    name: 'intent-to-add',
    given: 'a query file is only meant to be added (git add -N), another file is staged',
    async arrange(shop) {
      await shop.write({ 'queries/new.sql': 'SELECT nonsense', 'README.md': 'read me\n' });
      await edit(shop, { [USERS]: blank });
      await shop.git('add', USERS, 'README.md');
      await shop.git('add', '--intent-to-add', 'queries/new.sql');
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 0,
        head: { [USERS]: blank, 'README.md': 'read me\n' },
        status: [' A queries/new.sql'],
      },
    ],
  },
  {
    number: 20,
    name: 'staged-deleted-not-resurrected',
    given: 'a database is deleted with all of its files, and a schema of another one staged unformatted',
    async arrange(shop) {
      await shop.git('rm', '-r', '--quiet', POSTS, POSTS_CODE);
      await stage(shop, {
        [STOCK]: (hcl) => hcl.replace('  column "name"', '      column "name"') + '# mine\n',
      });
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 0,
        head: { [POSTS]: null, [POSTS_CODE]: null, [STOCK]: (hcl) => `${hcl}# mine\n` },
        index: { [STOCK]: (hcl) => hcl.replace('      column', '  column') },
        disk: { [STOCK]: (hcl) => hcl.replace('      column', '  column') },
      },
    ],
  },
  {
    number: 21,
    name: 'binary',
    given: 'a file that is no text is staged among the code, and one in place of generated code',
    async arrange(shop) {
      await shop.write({ 'store/logo.png': BINARY, [USERS_CODE]: BINARY });
      await shop.git('add', '--all');
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        findings: [`generated/hand-edited ${USERS_CODE}`],
        status: ['A  store/logo.png', `M  ${USERS_CODE}`],
      },
      {
        command: dbcheck('fix --stage'),
        exitCode: 0,
        index: { [USERS_CODE]: { revision: 'HEAD' } },
        disk: { [USERS_CODE]: { revision: 'HEAD' } },
        status: ['A  store/logo.png'],
      },
      { command: git('commit -q -m Change'), exitCode: 0, head: { 'store/logo.png': BINARY } },
    ],
  },
];
