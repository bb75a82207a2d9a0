import {
  blank,
  edit,
  MORE_POSTS,
  MORE_POSTS_CODE,
  MORE_USERS,
  MORE_USERS_CODE,
  morePosts,
  moreUsers,
  stage,
} from './edits.ts';
import { POSTS, POSTS_CODE, SHOP_FILES, USERS, USERS_CODE } from './hooked-shop.ts';
import { type Changes, dbcheck, git, type Scenario, shell } from './scenario.ts';

const STALE_USERS = [`generated/stale ${USERS_CODE}`];
const FIX_IN_HOOK = `printf '#!/bin/sh\\ndbcheck fix --stage && dbcheck staged\\n' > .husky/pre-commit`;

const CODE = ['store/db.go', 'store/models.go', POSTS_CODE, USERS_CODE];
const REST = SHOP_FILES.filter((path) => !CODE.includes(path));
const kept = (paths: readonly string[]): Changes =>
  Object.fromEntries(paths.map((path) => [path, { revision: 'refs/kept' }]));
const added = (paths: readonly string[]) => paths.map((path) => `A  ${path}`);

/** What is committed depends on how `git commit` is called. */
export const COMMIT_MODES: readonly Scenario[] = [
  {
    number: 1,
    name: 'commit-a',
    given: 'a query is edited on disk',
    arrange: (shop) => edit(shop, { [USERS]: moreUsers }),
    steps: [
      {
        command: git('commit -q -a -m Change'),
        ...{ exitCode: 1, findings: STALE_USERS, status: [` M ${USERS}`] },
      },
      {
        command: dbcheck('fix'),
        ...{ exitCode: 0, disk: MORE_USERS_CODE, status: [` M ${USERS}`, ` M ${USERS_CODE}`] },
      },
      {
        command: git('commit -q -a -m Change'),
        exitCode: 0,
        head: { ...MORE_USERS, ...MORE_USERS_CODE },
        index: { ...MORE_USERS, ...MORE_USERS_CODE },
      },
    ],
  },
  {
    number: 2,
    name: 'commit-path',
    given: 'a query is edited, its code regenerated, and both are staged',
    async arrange(shop) {
      await edit(shop, { [USERS]: moreUsers });
      await shop.dbcheck(['fix']);
      await shop.git('add', '--all');
    },
    steps: [
      {
        command: git(`commit -q -m Change ${USERS}`),
        ...{ exitCode: 1, findings: STALE_USERS, status: [`M  ${USERS}`, `M  ${USERS_CODE}`] },
      },
      {
        command: shell(
          `cp .husky/pre-commit ../hook; ${FIX_IN_HOOK}; git commit -q -m Change ${USERS}; code=$?; cp ../hook .husky/pre-commit; exit $code`,
          `git commit -q -m Change ${USERS} (a hook that runs dbcheck fix --stage)`,
        ),
        ...{ exitCode: 1, findings: ['private-index'], status: [`M  ${USERS}`, `M  ${USERS_CODE}`] },
      },
      {
        command: git(`commit -q -m Change ${USERS} store`),
        exitCode: 0,
        head: { ...MORE_USERS, ...MORE_USERS_CODE },
      },
    ],
    note: 'git gives the hook a private index, which is thrown away: `dbcheck fix --stage` refuses to write to it.',
  },
  {
    number: 3,
    name: 'commit-i-path',
    given: 'a query is staged, another one edited on disk',
    async arrange(shop) {
      await stage(shop, { [USERS]: moreUsers });
      await edit(shop, { [POSTS]: morePosts });
    },
    steps: [
      {
        command: git(`commit -q -m Change -i ${POSTS}`),
        exitCode: 1,
        findings: [`generated/stale ${POSTS_CODE}`],
        says: `1 file that follows from it: ${USERS_CODE}`,
        status: [` M ${POSTS}`, `M  ${USERS}`],
      },
      {
        command: dbcheck('fix'),
        exitCode: 0,
        disk: { ...MORE_USERS_CODE, ...MORE_POSTS_CODE },
        status: [` M ${POSTS}`, `M  ${USERS}`, ` M ${POSTS_CODE}`, ` M ${USERS_CODE}`],
      },
      {
        command: git(`commit -q -m Change -i ${POSTS} store`),
        exitCode: 0,
        head: { ...MORE_USERS, ...MORE_USERS_CODE, ...MORE_POSTS, ...MORE_POSTS_CODE },
        index: { ...MORE_USERS_CODE, ...MORE_POSTS, ...MORE_POSTS_CODE },
      },
    ],
  },
  {
    number: 4,
    name: 'commit-p',
    given: 'a query file is edited in two places on disk',
    arrange: (shop) => edit(shop, { [USERS]: (text) => `\n${moreUsers(text)}` }),
    steps: [
      {
        command: git('commit -q -m Change -p', { input: 's\nn\ny\n' }),
        exitCode: 1,
        findings: STALE_USERS,
        status: [` M ${USERS}`],
      },
      {
        command: git('commit -q -m Change -p', { input: 's\ny\nn\n' }),
        exitCode: 0,
        head: { [USERS]: blank },
        index: { [USERS]: blank },
        status: [` M ${USERS}`],
      },
    ],
  },
  {
    number: 5,
    name: 'amend',
    given: 'a query is staged',
    arrange: (shop) => stage(shop, { [USERS]: moreUsers }),
    steps: [
      {
        command: git('commit -q --amend -m Amended'),
        ...{ exitCode: 1, findings: STALE_USERS, status: [`M  ${USERS}`] },
      },
      {
        command: dbcheck('fix --stage'),
        exitCode: 0,
        index: MORE_USERS_CODE,
        disk: MORE_USERS_CODE,
        status: [`M  ${USERS}`, `M  ${USERS_CODE}`],
      },
      {
        command: git('commit -q --amend -m Amended'),
        exitCode: 0,
        head: { ...MORE_USERS, ...MORE_USERS_CODE },
      },
    ],
  },
  {
    number: 6,
    name: 'amend-with-unstaged',
    given: 'a query is edited on disk, nothing is staged',
    arrange: (shop) => edit(shop, { [USERS]: moreUsers }),
    steps: [
      { command: git('commit -q --amend -m Reworded'), exitCode: 0, head: {}, status: [` M ${USERS}`] },
    ],
  },
  {
    number: 7,
    name: 'initial-commit-no-HEAD',
    given: 'a repository without a commit, in which everything but the generated code is staged',
    async arrange(shop) {
      await shop.git('update-ref', 'refs/kept', 'HEAD');
      await shop.git('update-ref', '-d', 'HEAD');
      await shop.git('rm', '--quiet', '--cached', 'store/*');
      await shop.write(Object.fromEntries(CODE.map((path) => [path, null])));
    },
    steps: [
      {
        command: git('commit -q -m Start'),
        exitCode: 1,
        findings: CODE.map((path) => `generated/missing ${path}`),
        status: added(REST),
      },
      {
        command: dbcheck('fix --stage'),
        exitCode: 0,
        index: kept(CODE),
        disk: kept(CODE),
        status: added(SHOP_FILES),
      },
      { command: git('commit -q -m Start'), exitCode: 0, head: kept(SHOP_FILES) },
    ],
  },
  {
    number: 51,
    name: 'empty-commit',
    given: 'a query is edited on disk, nothing is staged',
    arrange: (shop) => edit(shop, { [USERS]: moreUsers }),
    steps: [
      {
        command: git('commit -q -m Empty --allow-empty'),
        ...{ exitCode: 0, head: {}, status: [` M ${USERS}`] },
      },
      {
        command: git('commit -q -m Empty'),
        ...{ exitCode: 1, says: 'no changes added to commit', status: [` M ${USERS}`] },
      },
    ],
  },
];
