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
