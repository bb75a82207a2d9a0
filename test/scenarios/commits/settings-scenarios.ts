import { edit, MORE_USERS, MORE_USERS_CODE, misformat, moreUsers, reformat, stage } from './edits.ts';
import { STOCK, USERS, USERS_CODE } from './hooked-shop.ts';
import { dbcheck, git, type Scenario } from './scenario.ts';

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

/** Under these settings a stale query is refused, mended and committed as without them. */
function setting(
  row: Pick<Scenario, 'number' | 'name' | 'given'>,
  configuration: readonly (readonly [string, string])[],
  attributes: string | null = null,
): Scenario {
  return {
    ...row,
    given: `${row.given}; a query is staged`,
    async arrange(shop) {
      for (const [name, value] of configuration) await shop.git('config', name, value);
      if (attributes !== null) await shop.commit({ '.gitattributes': attributes });
      await stage(shop, { [USERS]: moreUsers });
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        ...{ exitCode: 1, findings: [`generated/stale ${USERS_CODE}`], status: [`M  ${USERS}`] },
      },
      {
        command: dbcheck('fix --stage'),
        exitCode: 0,
        index: MORE_USERS_CODE,
        disk: MORE_USERS_CODE,
        status: [`M  ${USERS}`, `M  ${USERS_CODE}`],
      },
      {
        command: git('commit -q -m Change'),
        ...{ exitCode: 0, head: { ...MORE_USERS, ...MORE_USERS_CODE } },
      },
    ],
  };
}

/** Settings of git that change what it prints, what it writes or what it runs. */
export const SETTINGS: readonly Scenario[] = [
  {
    number: 27,
    name: 'crlf-diff-only',
    given: 'generated code and its query file are staged with other line ends',
    arrange: (shop) => stage(shop, { [USERS_CODE]: crlf, [USERS]: crlf }),
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        findings: [`generated/hand-edited ${USERS_CODE}`],
        says: 'only the line ends differ: CRLF here, LF regenerated',
        status: [`M  ${USERS}`, `M  ${USERS_CODE}`],
      },
    ],
  },
  {
    number: 28,
    name: 'autocrlf-committed-crlf',
    given: 'core.autocrlf, all files on disk have CRLF, and a query is staged',
    async arrange(shop) {
      await shop.git('config', 'core.autocrlf', 'true');
      await shop.git('config', 'core.safecrlf', 'false');
      await edit(shop, { [USERS]: (text) => crlf(moreUsers(text)), [STOCK]: crlf, [USERS_CODE]: crlf });
      await shop.git('add', '--all');
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        ...{ exitCode: 1, findings: [`generated/stale ${USERS_CODE}`], status: [`M  ${USERS}`] },
      },
    ],
  },
  setting({ number: 29, name: 'diff.external', given: 'diff.external and an interactive diff tool' }, [
    ['diff.external', 'true'],
    ['diff.trustExitCode', 'true'],
    ['diff.tool', 'vimdiff'],
  ]),
  setting({ number: 30, name: 'color.diff=always', given: 'color.diff=always, color.ui=always' }, [
    ['color.diff', 'always'],
    ['color.ui', 'always'],
    ['color.status', 'never'],
  ]),
  setting(
    { number: 31, name: 'textconv', given: 'a textconv driver that makes all SQL and Go look alike' },
    [['diff.blank.textconv', 'true']],
    '*.sql diff=blank\n*.go diff=blank\n*.hcl -diff\n',
  ),
  {
    number: 32,
    name: 'submodule.recurse=1',
    given:
      'submodule.recurse, and a submodule with an edit of its own; a schema with an unformatted line is staged, and has another edit on disk',
    async arrange(shop) {
      const inner = `${shop.root}/../inner`;
      await shop.git('init', '--quiet', inner);
      await shop.write({ '../inner/file': 'one\n' });
      for (const args of [
        ['add', '--all'],
        ['commit', '--quiet', '-m', 'Inner'],
      ])
        await shop.tryGit(args, { cwd: inner });
      await shop.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'inner');
      await shop.commit();
      await shop.git('config', 'submodule.recurse', 'true');
      await shop.write({ 'inner/file': 'two\n' });
      await edit(shop, { [STOCK]: (hcl) => `${misformat(hcl)}# staged\n` });
      await shop.git('add', STOCK);
      await edit(shop, { [STOCK]: (hcl) => `# mine\n${hcl}` });
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 0,
        head: { [STOCK]: (hcl) => `${hcl}# staged\n` },
        index: { [STOCK]: reformat },
        disk: { [STOCK]: reformat },
        status: [' M inner', ` M ${STOCK}`],
      },
    ],
  },
];
