import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fingerprint } from '../../support/fingerprint.ts';
import { edit, MORE_USERS, MORE_USERS_CODE, moreUsers, moreUsersCode, stage } from './edits.ts';
import { STOCK, USERS, USERS_CODE, withTasks, withTool } from './hooked-shop.ts';
import { type Command, dbcheck, git, type Scenario } from './scenario.ts';

const FOLDER = STOCK.replace('.hcl', '');
/** lint-staged 16 cuts its list of files at 64 KiB: enough names for two pieces, with a part of the schema in each. */
const NOTES = Array.from({ length: 230 }, (_, index) => `${FOLDER}/${'long'.repeat(60)}${index}.txt`);
const PARTS = [`${FOLDER}/a.hcl`, `${FOLDER}/z.hcl`];
/** A task that notes how many files it was given. */
const COUNT = `require('node:fs').appendFileSync(__dirname + '/calls', process.argv.slice(2).length + '\\n');`;
const UNFORMATTED = 'locals {\n      a = 1\n}\n';
const FORMATTED = 'locals {\n  a = 1\n}\n';
const all = (paths: readonly string[], content: string): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [path, content]));

/** Says whether a command leaves every byte and time of the repository alone. */
function untouched(command: Command): Command {
  return {
    text: command.text,
    async run(shop, place) {
      const before = await fingerprint(shop.root);
      const { exitCode, output } = await command.run(shop, place);
      const after = await fingerprint(shop.root);
      const differences = after.filter((line) => !before.includes(line));
      return { exitCode, output: `${output}changed: ${differences.length === 0 ? 'nothing' : differences}` };
    },
  };
}

/** What happens at the same time, and what a check leaves alone. */
export const CONCURRENCY: readonly Scenario[] = [
  {
    number: 45,
    name: 'index.lock-held',
    given: 'a query is staged, and another git holds the index',
    async arrange(shop) {
      await stage(shop, { [USERS]: moreUsers });
      await shop.write({ '.git/index.lock': '' });
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        ...{ exitCode: 128, says: 'index.lock', status: [`M  ${USERS}`] },
      },
      {
        command: dbcheck('staged'),
        ...{ exitCode: 1, findings: [`generated/stale ${USERS_CODE}`], status: [`M  ${USERS}`] },
      },
      {
        command: dbcheck('fix --stage'),
        ...{ exitCode: 2, findings: ['index-locked'], status: [`M  ${USERS}`] },
      },
    ],
  },
  {
    number: 50,
    name: 'argv-chunks',
    given: 'two unformatted parts of a schema are staged, between them 230 files with long names',
    async arrange(shop) {
      await writeFile(join(shop.root, '../count.cjs'), COUNT);
      await withTasks(shop, { 'tools/atlas/schemas/**/*.hcl': ['dbcheck fmt', 'node ../count.cjs'] });
      await shop.write({ ...all(NOTES, ''), ...all(PARTS, UNFORMATTED) });
      await shop.write({ [`${FOLDER}/stock.hcl`]: await shop.read(STOCK), [STOCK]: null });
      await shop.git('add', '--all');
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 0,
        head: {
          ...all(NOTES, ''),
          ...all(PARTS, FORMATTED),
          [STOCK]: null,
          [`${FOLDER}/stock.hcl`]: { revision: 'HEAD~', path: STOCK },
        },
        index: all(PARTS, FORMATTED),
        disk: all(PARTS, FORMATTED),
        also: async (shop) => {
          const calls = await readFile(join(shop.root, '../calls'), 'utf8');
          expect(calls.trim().split('\n').map(Number).sort()).toEqual([1, 2]);
        },
      },
    ],
    note: 'lint-staged runs its tasks for each 64 KiB of names, all at once: each `dbcheck fmt` writes its own files alone.',
  },
  {
    number: 55,
    name: 'read-only-check-leaves-index-hash-unchanged',
    given: 'a query is staged, and the times of all files differ from those in the index',
    async arrange(shop) {
      await stage(shop, { [USERS]: moreUsers });
      for (const path of [USERS, USERS_CODE, STOCK]) await edit(shop, { [path]: (text) => text });
    },
    steps: [
      {
        command: untouched(dbcheck('staged')),
        exitCode: 1,
        findings: [`generated/stale ${USERS_CODE}`],
        says: 'changed: nothing',
        status: [`M  ${USERS}`],
      },
      {
        command: untouched(dbcheck('check')),
        ...{ exitCode: 0, says: 'changed: nothing', status: [`M  ${USERS}`] },
      },
    ],
  },
  {
    number: 56,
    name: 'index-changed-mid-run',
    given: 'a query is staged with its code, and another program stages a file while sqlc runs',
    async arrange(shop) {
      await withTool(shop, 'sqlc', `[ "$1" != generate ] || git -C '${shop.root}' add late.txt`);
      await stage(shop, { [USERS]: moreUsers, [USERS_CODE]: moreUsersCode });
      await shop.write({ 'late.txt': 'late\n' });
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        findings: ['index-changed'],
        index: { 'late.txt': 'late\n' },
        status: ['A  late.txt', `M  ${USERS}`, `M  ${USERS_CODE}`],
      },
      {
        command: git('commit -q -m Change'),
        exitCode: 0,
        head: { ...MORE_USERS, ...MORE_USERS_CODE, 'late.txt': 'late\n' },
      },
    ],
    note: 'git does not lock the index while a hook runs.',
  },
];
