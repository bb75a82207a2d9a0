import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../src/process/run.ts';
import { edit, MORE_USERS, MORE_USERS_CODE, misformat, moreUsers, reformat, stage } from './edits.ts';
import { STOCK, USERS, USERS_CODE, withTasks } from './hooked-shop.ts';
import { dbcheck, git, type Scenario, shell } from './scenario.ts';

const SCHEMAS = 'tools/atlas/schemas/**/*.hcl';
const STALE_USERS = [`generated/stale ${USERS_CODE}`];

/** What a hook may lack: a repository, files on disk, programs, an input. */
export const SURROUNDINGS: readonly Scenario[] = [
  {
    number: 53,
    name: 'not-a-repo',
    given: 'a folder that is in no repository',
    async arrange(shop) {
      const root = join(shop.root, '../folder');
      await mkdir(root);
      return { root };
    },
    steps: [{ command: dbcheck('staged'), exitCode: 2, findings: ['not-a-repository'] }],
  },
  {
    number: 54,
    name: 'command-not-found',
    given: 'a query is edited on disk, and dbcheck is not installed',
    async arrange(shop) {
      await rm(join(shop.root, 'node_modules/.bin/dbcheck'));
      await mkdir(join(shop.root, '../bin'));
      for (const name of ['git', 'sh', 'basename', 'dirname']) {
        const { stdout } = await run('sh', ['-c', `command -v ${name}`], { cwd: shop.root, env: shop.env });
        await symlink(stdout.toString().trim(), join(shop.root, '../bin', name));
      }
      await edit(shop, { [USERS]: moreUsers });
    },
    steps: [
      {
        command: git('commit -q -a -m Change'),
        ...{ exitCode: 1, says: 'dbcheck is not installed. Run: npm ci', status: [` M ${USERS}`] },
      },
      {
        command: shell(
          'mv node_modules/.bin/lint-staged node_modules/.bin/dbcheck; git commit -q -a -m Change',
        ),
        exitCode: 1,
        says: 'lint-staged, which is not installed. Run: npm ci',
        status: [` M ${USERS}`],
      },
      {
        command: shell(
          'PATH=$(cd ../bin && pwd) git commit -q -a -m Change',
          'git commit -q -a -m Change (from a program whose PATH has git and no node)',
        ),
        exitCode: 1,
        says: 'node is not on the PATH of this hook',
        status: [` M ${USERS}`],
      },
    ],
  },
  {
    number: 57,
    name: 'sparse-outside-cone',
    given: 'a sparse checkout of .husky alone; a query outside of it is staged',
    async arrange(shop) {
      await shop.git('sparse-checkout', 'set', '--cone', '.husky');
      const input = moreUsers(`${await shop.git('show', `HEAD:${USERS}`)}\n`);
      const blob = await shop.tryGit(['hash-object', '-w', '--stdin'], { input });
      await shop.git('update-index', '--cacheinfo', `100644,${blob.stdout.toString().trim()},${USERS}`);
      await shop.git('update-index', '--skip-worktree', USERS);
    },
    steps: [
      { command: git('commit -q -m Change'), exitCode: 1, findings: STALE_USERS, status: [`M  ${USERS}`] },
      {
        command: dbcheck('fix --stage'),
        ...{ exitCode: 0, index: MORE_USERS_CODE, status: [`M  ${USERS}`, `M  ${USERS_CODE}`] },
      },
      { command: git('commit -q -m Change'), exitCode: 0, head: { ...MORE_USERS, ...MORE_USERS_CODE } },
    ],
    note: 'Where the cone leaves .husky out, husky runs nothing: `dbcheck check` in CI finds it.',
  },
  {
    number: 58,
    name: 'stdin-closed',
    given: 'a query is edited on disk',
    arrange: (shop) => edit(shop, { [USERS]: moreUsers }),
    steps: [
      {
        command: shell('git commit -q -a -m Change <&-'),
        ...{ exitCode: 1, findings: STALE_USERS, status: [` M ${USERS}`] },
      },
      {
        command: shell('.husky/_/pre-commit <&- && echo passed'),
        exitCode: 0,
        says: 'passed',
        status: [` M ${USERS}`],
      },
    ],
  },
  {
    number: 59,
    name: 'spawn-ENOENT',
    given: 'a schema is staged, and lint-staged has a task whose program is not there',
    async arrange(shop) {
      await withTasks(shop, { [SCHEMAS]: ['dbcheck fmt', 'no-such-linter'] });
      await stage(shop, { [STOCK]: misformat });
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        says: 'lint-staged failed, so that nothing is committed',
        status: [`M  ${STOCK}`],
      },
      {
        command: shell(
          `git reset -q --hard; printf 'tools: {sqlc: {command: /no/such/sqlc}}\\n' > dbcheck.config.yaml; git add -A; git commit -q -m Change`,
        ),
        exitCode: 1,
        findings: ['config/guard-stale .husky/pre-commit', 'tool-missing dbcheck.config.yaml'],
        index: {
          'dbcheck.config.yaml': 'tools: {sqlc: {command: /no/such/sqlc}}\n',
          [STOCK]: reformat,
        },
        disk: {
          'dbcheck.config.yaml': 'tools: {sqlc: {command: /no/such/sqlc}}\n',
          [STOCK]: reformat,
        },
        status: ['A  dbcheck.config.yaml'],
      },
    ],
    note: 'lint-staged, told to be quiet, fails without a word: the guard has one.',
  },
];
