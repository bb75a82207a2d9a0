import { edit, stage } from './edits.ts';
import { STOCK, USERS_CODE } from './hooked-shop.ts';
import { type Changes, dbcheck, git, type Scenario, shell } from './scenario.ts';

const LATIN = '"$(printf "caf\\351")"';
/** A statement of its own for each name: two that are alike would be a finding of another kind. */
const CONDITION = (name: string): string => `WHERE id = $1 AND name <> '${name}'`;
const QUERY = (name: string): string => `-- name: ${name} :one\nSELECT * FROM users ${CONDITION(name)};\n`;
const CODE = (file: string, name: string) => ({
  revision: 'refs/kept',
  path: USERS_CODE,
  edit: (code: string) =>
    code
      .replace('source: users.sql', `source: ${file}`)
      .replace('WHERE id = $1', () => CONDITION(name))
      .replaceAll('GetUser', name)
      .replaceAll('getUser', name.charAt(0).toLowerCase() + name.slice(1)),
});

/** A query file of this name: refused without its code, mended, committed. */
function named(
  row: Pick<Scenario, 'number' | 'name'> & { readonly note?: string },
  files: Readonly<Record<string, string>>,
  quoted: (path: string) => string = (path) => path,
): Scenario {
  const names = Object.keys(files);
  const queries: Changes = Object.fromEntries(
    names.map((file) => [`queries/${file}`, QUERY(files[file] ?? '')]),
  );
  const code: Changes = Object.fromEntries(
    names.map((file) => [`store/${file}.go`, CODE(file, files[file] ?? '')]),
  );
  const added = (folder: string, suffix: string) =>
    names.map((file) => `A  ${quoted(`${folder}/${file}${suffix}`)}`);
  return {
    ...row,
    given: `query files are staged: ${names.map((name) => JSON.stringify(name)).join(', ')}`,
    async arrange(shop) {
      await shop.git('update-ref', 'refs/kept', 'HEAD');
      await shop.write(
        Object.fromEntries(names.map((file) => [`queries/${file}`, QUERY(files[file] ?? '')])),
      );
      await shop.git('add', '--all');
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        findings: names.map((file) => `generated/missing ${JSON.stringify(`store/${file}.go`).slice(1, -1)}`),
        status: added('queries', ''),
      },
      {
        command: dbcheck('fix --stage'),
        ...{
          exitCode: 0,
          index: code,
          disk: code,
          status: [...added('queries', ''), ...added('store', '.go')],
        },
      },
      { command: git('commit -q -m Change'), exitCode: 0, head: { ...queries, ...code } },
    ],
  };
}

const QUOTED_QUERY = '"queries/gr\\303\\266\\303\\237e \\345\\220\\215\\345\\211\\215.sql"';
const QUOTED_CODE = QUOTED_QUERY.replace('queries', 'store').replace('.sql', '.sql.go');
const WITH_SPACE = 'queries/with space.sql';
const WITH_SPACE_CODE = 'store/with space.sql.go';
/** One database may have a folder of files as its schema. */
const PARTS = [STOCK.replace('.hcl', '/stock.hcl'), STOCK.replace('.hcl', '/new\nline.hcl')] as const;
const LOCALS = 'locals {\n  a = 1\n}\n';
const NEWLINE_LINE = `A  ${JSON.stringify(PARTS[1])}`;
const MOVED_LINE = `R  ${STOCK} -> ${PARTS[0]}`;

/** Names that a shell, git or a runner reads as something else. */
export const NAMES: readonly Scenario[] = [
  named({ number: 22, name: 'non-ascii-quotepath' }, { 'größe 名前.sql': 'Groesse' }, (path) =>
    path.startsWith('queries') ? QUOTED_QUERY : QUOTED_CODE,
  ),
  named({ number: 23, name: 'dash-leading-name' }, { '--option=x.sql': 'Option', '-dash.sql': 'Dash' }),
  named(
    { number: 24, name: 'bracket-and-dollar-names' },
    { '$(false)`x`.sql': 'Dollar', '[bracket].sql': 'Bracket', '{brace,x}.sql': 'Brace' },
  ),
  {
    number: 25,
    name: 'non-utf8',
    given: 'a query file whose name is Latin-1 is staged',
    async arrange(shop) {
      await shop.write({ 'queries/caf\udce9.sql': QUERY('Cafe') });
      await shop.git('add', '--all');
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        findings: ['sqlc-failed tools/sqlc/sqlc_postgres.yml'],
        status: ['A  "queries/caf\\351.sql"'],
      },
      {
        command: shell(`git mv queries/${LATIN}.sql db/${LATIN}.txt && git commit -q -m Change`),
        exitCode: 0,
        head: { 'db/caf\udce9.txt': QUERY('Cafe') },
        index: { 'queries/caf\udce9.sql': null, 'db/caf\udce9.txt': QUERY('Cafe') },
        disk: { 'queries/caf\udce9.sql': null, 'db/caf\udce9.txt': QUERY('Cafe') },
      },
      {
        command: shell(
          `cp ${STOCK} ${STOCK.replace('stock', LATIN)} && git add -A && git commit -q -m Change`,
        ),
        exitCode: 1,
        findings: ['no-such-file'],
        says: 'a name that is not UTF-8 can’t be given to a program: rename the file',
        index: { [STOCK.replace('stock', 'caf\udce9')]: { revision: 'HEAD', path: STOCK } },
        disk: { [STOCK.replace('stock', 'caf\udce9')]: { revision: 'HEAD', path: STOCK } },
        status: [`A  "${STOCK.replace('stock', 'caf\\351')}"`],
      },
    ],
    note: 'sqlc writes the name into the code, and lint-staged garbles it for its tasks: both are refused.',
  },
  {
    number: 26,
    name: 'newline-and-space-names',
    given:
      'a query file with a space in its name is staged, and an unformatted part of a schema with a newline in it',
    async arrange(shop) {
      await shop.git('update-ref', 'refs/kept', 'HEAD');
      await shop.write({
        [WITH_SPACE]: QUERY('Space'),
        [PARTS[0]]: await shop.read(STOCK),
        [PARTS[1]]: 'locals {\n      a = 1\n}\n',
        [STOCK]: null,
      });
      await shop.git('add', '--all');
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 1,
        findings: [`generated/missing ${WITH_SPACE_CODE}`],
        index: { [PARTS[1]]: LOCALS },
        disk: { [PARTS[1]]: LOCALS },
        status: ['A  "queries/with space.sql"', NEWLINE_LINE, MOVED_LINE],
      },
      {
        command: dbcheck('fix --stage'),
        exitCode: 0,
        index: { [WITH_SPACE_CODE]: CODE('with space.sql', 'Space') },
        disk: { [WITH_SPACE_CODE]: CODE('with space.sql', 'Space') },
        status: ['A  "queries/with space.sql"', 'A  "store/with space.sql.go"', NEWLINE_LINE, MOVED_LINE],
      },
      {
        command: git('commit -q -m Change'),
        exitCode: 0,
        head: {
          [WITH_SPACE]: QUERY('Space'),
          [WITH_SPACE_CODE]: CODE('with space.sql', 'Space'),
          [PARTS[0]]: { revision: 'refs/kept', path: STOCK },
          [PARTS[1]]: LOCALS,
          [STOCK]: null,
        },
      },
    ],
  },
  {
    number: 44,
    name: 'branch-named-stash / file-named-HEAD',
    given:
      'the branch is called stash, beside a file called HEAD; a schema with an unformatted line is staged, and has another edit on disk',
    async arrange(shop) {
      await shop.git('switch', '--quiet', '--create', 'stash');
      await shop.write({ HEAD: 'head\n' });
      await stage(shop, { [STOCK]: (hcl) => hcl.replace('  column "name"', '      column "name"') });
      await edit(shop, { [STOCK]: (hcl) => `${hcl}# mine\n` });
    },
    steps: [
      {
        command: git('commit -q -m Change'),
        exitCode: 0,
        head: { HEAD: 'head\n' },
        index: { [STOCK]: (hcl) => hcl.replace('      column', '  column') },
        disk: { [STOCK]: (hcl) => hcl.replace('      column', '  column') },
        status: [` M ${STOCK}`],
      },
    ],
  },
];
