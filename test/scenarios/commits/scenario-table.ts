import { displayPath } from '../../../src/git/path-bytes.ts';
import type { Changes, Scenario, Step } from './scenario.ts';

const HEAD = `# Git scenarios

What happens to a commit, and to everything that people have in the repository, in sixty situations: with real git, and the hooks that
\`dbcheck init --lint-staged\` writes (husky, then lint-staged, then \`dbcheck staged\`). The repository has hand-written queries (\`users.sql\`,
\`posts.sql\`) with sqlc's code beside them, and a schema (\`stock.hcl\`) with its baseline. Each row is a test of that name, which holds every
column after every command. This page is made from the tests: \`npx vitest run test/scenarios/commits/table.test.ts -u\`.

Where a row has several commands, they follow each other, and (1), (2), … say which one a column is about. Files are named without their folder;
an index or disk "as before" has every path, mode and byte that it had; in a change, −\`x\` is a file that goes. HEAD "moves" to a commit
that changes the files named.

| # | scenario | given | command | exit code | finding or error | HEAD | index | disk | stash | git status | notes |
|---|---|---|---|---|---|---|---|---|---|---|---|
`;
/** More files than that are counted. */
const LISTED = 6;

/** The text of docs/git-scenarios.md. */
export function scenarioDocument(scenarios: readonly Scenario[]): string {
  return HEAD + scenarios.map((scenario) => `${row(scenario)}\n`).join('');
}

/** The names of the scenarios in such a text. */
export function documentedNames(document: string): readonly string[] {
  return [...document.matchAll(/^\| \d+ \| (.*?) \|/gm)].map(([, name = '']) => name);
}

function row({ number, name, given, steps, note }: Scenario): string {
  const column = (cell: (step: Step) => string): string => {
    const cells = steps.map(cell);
    return cells.length === 1
      ? (cells[0] ?? '')
      : cells.map((text, index) => `(${index + 1}) ${text}`).join('<br>');
  };
  const cells = [
    ...[String(number), name, given],
    column(({ command }) => code(command.text)),
    column(({ exitCode }) => String(exitCode)),
    column(
      ({ findings = [], says }) =>
        [
          ...findings.map((finding) => code(withoutFolder(finding))),
          ...(says === undefined ? [] : [`“${says}”`]),
        ].join(', ') || 'none',
    ),
    column(({ head }) => (head === undefined ? 'stays' : `moves: ${changed(head, 'nothing')}`)),
    column(({ index }) => changed(index, 'as before')),
    column(({ disk }) => changed(disk, 'as before')),
    column(({ stash = [] }) => stash.map(code).join(', ') || 'empty'),
    column(({ status = [] }) => listed(status.map((line) => code(withoutFolder(line)))) || 'clean'),
    note ?? '',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function changed(changes: Changes = {}, nothing: string): string {
  const paths = Object.entries(changes).map(
    ([path, content]) => `${content === null ? '−' : ''}${code(withoutFolder(displayPath(path)))}`,
  );
  return listed(paths) || nothing;
}

function listed(items: readonly string[]): string {
  return items.length > LISTED ? `${items.length} files` : items.join(', ');
}

/** Paths in a finding or in a line of git's status, less the folders; a rule keeps its family. */
function withoutFolder(text: string): string {
  const [, id = '', rest = ''] = /^((?:[a-z]+\/)?[a-z-]+ |)(.*)$/s.exec(text) ?? [];
  return id + rest.replaceAll(/[^ "/]+\//g, '');
}

function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  const inner = text.includes('`') || text.startsWith(' ') ? ` ${text} ` : text;
  return `${fence}${inner.replaceAll('\n', '\\n')}${fence}`;
}
