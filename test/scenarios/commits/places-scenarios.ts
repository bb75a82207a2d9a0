import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Shop } from '../shop.ts';
import { edit, MORE_USERS, MORE_USERS_CODE, moreUsers } from './edits.ts';
import { CONFIG, install, USERS, USERS_CODE, withTool } from './hooked-shop.ts';
import { type Command, dbcheck, git, type Scenario, type Step, shell } from './scenario.ts';

const STALE_USERS = [`generated/stale ${USERS_CODE}`];

/** From a query that is edited on disk to the commit of it with its code. */
const REFUSED_MENDED_MADE: readonly Step[] = [
  { command: git('commit -q -a -m Change'), exitCode: 1, findings: STALE_USERS, status: [` M ${USERS}`] },
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
];

const NPM_CI: Command = {
  text: 'npm ci',
  async run(shop, { root }) {
    await install(shop, root);
    return { exitCode: 0, output: '' };
  },
};

async function linkedWorktree(shop: Shop): Promise<string> {
  const linked = join(shop.root, '../linked');
  await shop.git('worktree', 'add', '--quiet', '-b', 'side', linked);
  const file = join(linked, USERS);
  await writeFile(file, moreUsers((await shop.read(USERS)).toString()));
  return linked;
}

/** Repositories that are not a folder with a folder `.git` in it, and calls from elsewhere. */
export const PLACES: readonly Scenario[] = [
  {
    number: 33,
    name: 'submodule-commit',
    given: 'the shop is a submodule, in which a query is edited on disk',
    async arrange(shop) {
      const outer = join(shop.root, '../outer');
      await shop.git('init', '--quiet', outer);
      const add = ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', shop.root, 'service'];
      await shop.tryGit(add, { cwd: outer });
      const root = join(outer, 'service');
      await install(shop, root);
      await writeFile(join(root, USERS), moreUsers((await shop.read(USERS)).toString()));
      return { root };
    },
    steps: REFUSED_MENDED_MADE,
  },
  {
    number: 34,
    name: 'linked-worktree',
    given: 'a linked work tree, in which a query is edited on disk',
    arrange: async (shop) => ({ root: await linkedWorktree(shop) }),
    steps: [
      { command: git('commit -q -a -m Change'), exitCode: 0, head: MORE_USERS, index: MORE_USERS },
      { command: dbcheck('check'), exitCode: 1, findings: STALE_USERS },
      { command: NPM_CI, exitCode: 0 },
      {
        command: shell('git reset -q HEAD~'),
        ...{ exitCode: 0, head: { [USERS]: { revision: 'main' } }, index: { [USERS]: { revision: 'main' } } },
        status: [` M ${USERS}`],
      },
      ...REFUSED_MENDED_MADE,
    ],
    note: 'Until `npm ci` has run in a linked work tree, husky has no hooks there and lets everything pass: `dbcheck check` in CI finds it.',
  },
  {
    number: 35,
    name: 'worktree-subdir-cwd',
    given: 'a linked work tree after npm ci, in which a query is edited on disk',
    async arrange(shop) {
      const root = await linkedWorktree(shop);
      await install(shop, root);
      return { root };
    },
    steps: [
      {
        command: git('commit -q -m Change users.sql', { below: 'queries' }),
        ...{ exitCode: 1, findings: STALE_USERS, status: [` M ${USERS}`] },
      },
      ...REFUSED_MENDED_MADE,
    ],
  },
  {
    number: 36,
    name: 'symlinked-.git',
    given: '.git is a symbolic link to a folder elsewhere; a query is edited on disk',
    async arrange(shop) {
      await rename(join(shop.root, '.git'), join(shop.root, '../store.git'));
      await symlink('../store.git', join(shop.root, '.git'));
      await edit(shop, { [USERS]: moreUsers });
    },
    steps: REFUSED_MENDED_MADE,
  },
  {
    number: 37,
    name: 'symlinked-config',
    given: 'a configuration that is a symbolic link is staged',
    async arrange(shop) {
      await shop.write({ 'config/shared.yaml': 'staged: {unavailable: error}\n' });
      await symlink('config/shared.yaml', join(shop.root, CONFIG));
      await shop.git('add', '--all');
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        findings: [`symlinked-source ${CONFIG}`],
        status: ['A  config/shared.yaml', `A  ${CONFIG}`],
      },
    ],
  },
  {
    number: 38,
    name: 'detached-GIT_DIR',
    given:
      'the git folder lies elsewhere, and only GIT_DIR and GIT_WORK_TREE name it; a query is edited on disk',
    async arrange(shop) {
      const elsewhere = join(shop.root, '../store.git');
      await rename(join(shop.root, '.git'), elsewhere);
      await edit(shop, { [USERS]: moreUsers });
      return { env: { GIT_DIR: elsewhere, GIT_WORK_TREE: shop.root } };
    },
    steps: [
      {
        command: git('commit -q -a -m Change'),
        exitCode: 1,
        says: 'dbcheck: lint-staged does not find a git folder that only GIT_DIR names',
        status: [` M ${USERS}`],
      },
      { command: shell(`echo "gitdir: $GIT_DIR" > .git`), exitCode: 0, status: [` M ${USERS}`] },
      ...REFUSED_MENDED_MADE,
    ],
    note: 'lint-staged unsets GIT_DIR: it finds no repository, or stashes and resets another one. The guard refuses.',
  },
  {
    number: 39,
    name: 'foreign-repo-index-not-corrupted',
    given:
      'a linked work tree after npm ci, whose sqlc makes a repository of its own and commits there; a query is edited on disk',
    async arrange(shop) {
      const foreign = join(shop.root, '../foreign');
      await mkdir(foreign);
      const commands = [
        ...[`cd '${foreign}'`, 'git init -q', 'echo x > file', 'git add -A'],
        'git -c user.name=x -c user.email=x commit -q -m Foreign',
      ];
      await withTool(shop, 'sqlc', `[ "$1" != generate ] || (${commands.join(' && ')}) || exit 9`);
      const root = await linkedWorktree(shop);
      await install(shop, root);
      return { root };
    },
    steps: [
      {
        command: git('commit -q -a -m Change'),
        ...{ exitCode: 1, findings: STALE_USERS, status: [` M ${USERS}`] },
        async also(shop) {
          const foreign = { cwd: join(shop.root, '../foreign') };
          expect((await shop.tryGit(['ls-tree', '--name-only', 'HEAD'], foreign)).stdout.toString()).toBe(
            'file\n',
          );
          expect(await shop.git('config', 'core.bare')).toBe('false');
          expect(await shop.git('status', '--porcelain')).toBe('');
        },
      },
    ],
    note: 'git’s variables would lead the other repository to this index: tools run without them.',
  },
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
    number: 57,
    name: 'sparse-outside-cone',
    given: 'a sparse checkout of .husky alone; a query outside of it is staged',
    async arrange(shop) {
      await shop.git('sparse-checkout', 'set', '--cone', '.husky');
      const input = moreUsers((await shop.git('show', `HEAD:${USERS}`)) + '\n');
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
];
