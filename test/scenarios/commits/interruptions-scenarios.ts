import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../src/process/run.ts';
import type { Shop } from '../shop.ts';
import { edit, MORE_USERS, misformat, moreUsers, moreUsersCode, reformat, stage } from './edits.ts';
import { FAIL_WHEN_HELD, HOLD, interrupted, notHeld, outlived, writeHold } from './held-run.ts';
import { STOCK, USERS, USERS_CODE, withTasks, withTool } from './hooked-shop.ts';
import { git, type Scenario, type Step, shell } from './scenario.ts';

const SCHEMAS = 'tools/atlas/schemas/**/*.hcl';
const BACKUP = 'lint-staged automatic backup';
const STALE_USERS = [`generated/stale ${USERS_CODE}`];
const INTERRUPTED = { exitCode: 130, status: [`MM ${STOCK}`] };

/** A schema that lint-staged formats, with an edit on disk that it hides meanwhile; its second task waits. */
async function heldFormatting(shop: Shop): Promise<void> {
  await writeHold(shop);
  await withTasks(shop, { [SCHEMAS]: ['dbcheck fmt', `node ${HOLD}`] });
  await stage(shop, { [STOCK]: (hcl) => `${misformat(hcl)}# staged\n` });
  await edit(shop, { [STOCK]: (hcl) => `# mine\n${hcl}` });
}

const withoutMine = (hcl: string): string => reformat(hcl).replace('# mine\n', '');

/** What lint-staged leaves when it is killed, and how people get out of it. */
const KILLED = {
  disk: { [STOCK]: withoutMine },
  stash: [BACKUP],
  status: [`MM ${STOCK}`],
};
const RESCUE: readonly Step[] = [
  {
    command: git('commit -q -m Change'),
    exitCode: 1,
    says: 'edits that were not staged are in stash@{0}, and maybe no longer on disk',
    stash: [BACKUP],
    status: [`MM ${STOCK}`],
  },
  {
    command: git('restore --overlay --source=stash@{0} :/'),
    exitCode: 0,
    disk: { [STOCK]: (hcl) => `# mine\n${misformat(hcl)}` },
    stash: [BACKUP],
    status: [`MM ${STOCK}`],
  },
  { command: git('stash drop -q stash@{0}'), exitCode: 0, status: [`MM ${STOCK}`] },
  {
    command: notHeld('git commit -q -m Change'),
    exitCode: 0,
    head: { [STOCK]: (hcl) => `${hcl}# staged\n` },
    index: { [STOCK]: reformat },
    disk: { [STOCK]: reformat },
    status: [` M ${STOCK}`],
  },
];

/** Hooks that are stopped, and hooks that lack something. */
export const INTERRUPTIONS: readonly Scenario[] = [
  {
    number: 46,
    name: 'SIGINT-group',
    given:
      'a schema with an unformatted line is staged, and has another edit on disk, which lint-staged hides while its tasks run',
    arrange: heldFormatting,
    steps: [
      { command: interrupted('git commit -q -m Change', 'SIGINT'), ...INTERRUPTED },
      {
        command: notHeld('git commit -q -m Change'),
        exitCode: 0,
        head: { [STOCK]: (hcl) => `${hcl}# staged\n` },
        index: { [STOCK]: reformat },
        disk: { [STOCK]: reformat },
        status: [` M ${STOCK}`],
      },
    ],
  },
  {
    number: 47,
    name: 'SIGTERM',
    given: 'a query is staged, and has another edit on disk; sqlc is running',
    async arrange(shop) {
      await writeHold(shop);
      await withTool(shop, 'sqlc', `[ "$1" != generate ] || node '${join(shop.root, HOLD)}' || exit 9`);
      await stage(shop, { [USERS]: moreUsers });
      await edit(shop, { [USERS]: (text) => `\n${text}` });
    },
    steps: [
      { command: interrupted('git commit -q -m Change', 'SIGTERM'), exitCode: 143, status: [`MM ${USERS}`] },
      {
        command: notHeld('git commit -q -m Change'),
        exitCode: 1,
        findings: STALE_USERS,
        status: [`MM ${USERS}`],
      },
    ],
  },
  {
    number: 48,
    name: 'kill-9-then-rerun',
    given:
      'a schema with an unformatted line is staged, and has another edit on disk, which lint-staged hides while its tasks run',
    arrange: heldFormatting,
    steps: [
      { command: interrupted('git commit -q -m Change', 'SIGKILL'), exitCode: 137, ...KILLED },
      ...RESCUE,
    ],
    note: 'Killed (or ended by SIGTERM), lint-staged leaves the edit that it hid in a stash alone, and says nothing the next time. The guard refuses until the stash is gone, and says how to take the edit back.',
  },
  {
    number: 49,
    name: 'grandchild-killed',
    given:
      'a schema with an unformatted line is staged, with a file whose task fails while Atlas formats the schema',
    async arrange(shop) {
      await writeHold(shop);
      await withTool(shop, 'atlas', `[ "$2" != fmt ] || node '${join(shop.root, HOLD)}' || exit 9`);
      await withTasks(shop, { [SCHEMAS]: 'dbcheck fmt', 'README.md': `node ${FAIL_WHEN_HELD}` });
      await stage(shop, { [STOCK]: misformat, 'README.md': 'read me\n' });
    },
    steps: [
      {
        command: outlived('git commit -q -m Change'),
        exitCode: 1,
        says: 'lint-staged failed',
        status: ['A  README.md', `M  ${STOCK}`],
      },
    ],
    note: 'lint-staged kills `dbcheck fmt` and not Atlas below it, which then writes after everything was put back: it writes in a scratch folder.',
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
