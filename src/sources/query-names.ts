/** A query's name line. */
export interface QueryName {
  readonly name: string;
  /** With its colon, such as `:one`. */
  readonly command: string;
  /** Of the name itself, counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** The forms that sqlc reads: a line comment, a hash comment, or a block comment. */
const NAME_LINE = /^(\s*(?:--|#|\/\*)\s*name:\s+)(\S+)\s+(:\w+)/;

/** The names that a query file gives to its queries, in order. */
export function queryNames(bytes: Buffer): readonly QueryName[] {
  return bytes
    .toString()
    .split('\n')
    .flatMap((text, index): QueryName[] => {
      const found = NAME_LINE.exec(text);
      if (found === null) return [];
      const [, before = '', name = '', command = ''] = found;
      return [{ name, command, line: index + 1, column: before.length + 1 }];
    });
}

/** What a statement's comments say of its name, as sqlc reads them. */
export type NameLine =
  | {
      readonly kind: 'name';
      readonly name: string;
      /** With its colon, such as `:one`. */
      readonly command: string;
      /** Of the name itself, in UTF-16 units. */
      readonly start: number;
    }
  /** sqlc refuses the line. */
  | { readonly kind: 'broken'; readonly start: number; readonly problem: string }
  /** A person means a name, and sqlc passes over the line in silence. */
  | { readonly kind: 'overlooked'; readonly start: number; readonly problem: string };

const COMMANDS = [
  ':one',
  ':many',
  ':exec',
  ':execresult',
  ':execrows',
  ':execlastid',
  ':copyfrom',
  ':batchexec',
  ':batchmany',
  ':batchone',
];
const IDENTIFIER = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
const MEANT = /^[\t ]*(?:--|#|\/\*)[\t ]*name[\t ]*:[\t ]*[A-Za-z_]\w*[\t ]+:[a-z]+/;

/**
 * The name line of a statement, found as sqlc finds it (`ParseQueryNameAndType` in its `internal/metadata`): the first
 * line that starts with a comment which says `name` and has a colon in it.
 *
 * @param text all from the end of the statement before to the statement's own end
 * @param offset where that text starts in its file
 * @param hash whether `#` starts a comment, as it does for MySQL
 * @returns null where no line means a name
 */
export function nameLineIn(text: string, offset: number, hash: boolean): NameLine | null {
  let overlooked: NameLine | null = null;
  let start = offset;
  for (const line of text.split('\n')) {
    const mark = line.startsWith('--')
      ? '--'
      : line.startsWith('/*')
        ? '/*'
        : hash && line.startsWith('#')
          ? '#'
          : null;
    const rest = mark === null ? '' : line.slice(mark.length);
    if (mark !== null && rest.trim().startsWith('name') && rest.includes(':')) {
      return readNameLine(line, mark, start);
    }
    if (mark === null && overlooked === null && MEANT.test(line)) {
      const indent = /^[\t ]*/.exec(line)?.[0].length ?? 0;
      const problem =
        indent === 0
          ? '# starts no comment in this dialect'
          : 'sqlc reads a name line only where it starts at the first column';
      overlooked = { kind: 'overlooked', start: start + indent, problem };
    }
    start += line.length + 1;
  }
  return overlooked;
}

function readNameLine(line: string, mark: '--' | '#' | '/*', start: number): NameLine {
  const broken = (problem: string, at = 0): NameLine => ({ kind: 'broken', start: start + at, problem });
  const prefix = `${mark} name: `;
  if (!line.startsWith(prefix)) return broken(`sqlc takes only \`${prefix}\`, with exactly these spaces`);
  const words = line.trim().split(' ');
  const [, , name = '', command = ''] = mark === '/*' ? words.slice(0, -1) : words;
  const count = words.length - (mark === '/*' ? 1 : 0);
  if (count === 3) return broken(`the command is missing: ${COMMANDS.join(', ')}`, prefix.length);
  if (count !== 4) return broken('sqlc takes a name and a command, each after one space, and nothing else');
  const commandAt = prefix.length + name.length + 1;
  if (!COMMANDS.includes(command.trim()))
    return broken(`${command.trim()} is no command of sqlc: ${COMMANDS.join(', ')}`, commandAt);
  if (!IDENTIFIER.test(name)) return broken(`${name} is no identifier of Go`, prefix.length);
  return { kind: 'name', name, command: command.trim(), start: start + prefix.length };
}

/** Whether sqlc makes code for a query that reads one row, whatever else there is. */
export function isOfOneRow(line: NameLine | null): boolean {
  return line?.kind === 'name' && (line.command === ':one' || line.command === ':batchone');
}
