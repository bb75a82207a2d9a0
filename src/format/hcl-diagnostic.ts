/** The first error that an HCL parser reports. */
export interface HclDiagnostic {
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in characters as a person sees them (grapheme clusters). */
  readonly column: number;
  /** Without a final stop. */
  readonly message: string;
  /** How many more errors there are, which the parser counts and doesn't name; 0 where the detail has several lines. */
  readonly others: number;
}

/**
 * Reads the error that Atlas prints for a file that isn't HCL: `Error: FILE:LINE,COLUMN-…: SUMMARY; DETAIL`, with
 * `, and N other diagnostic(s)` behind it where there are more.
 *
 * Only the first line is read: a detail goes on in further paragraphs with advice, and Atlas v1 sometimes adds words
 * about itself. So `others` can be told only for an error whose detail is one line.
 *
 * @param file the name that the file was given to Atlas by
 * @returns null where the text is not an error in that file
 */
export function readHclDiagnostic(file: string, stderr: string): HclDiagnostic | null {
  const start = `Error: ${file}:`;
  if (!stderr.startsWith(start)) return null;
  const [first = ''] = stderr.slice(start.length).split('\n', 1);
  const [, line, column, words = '', others = '0'] =
    /^(\d+),(\d+)-[\d,]+: (.*?)(?:, and (\d+) other diagnostic\(s\))?\r?$/.exec(first) ?? [];
  if (line === undefined || column === undefined) return null;
  // A detail may name another place of the same file, by the name that it has here only.
  const message = words
    .replace('; ', ': ')
    .replace(/\.$/, '')
    .replaceAll(file, '')
    .replaceAll(/(^|\s):(\d+),(\d+)-[\d,]+/g, '$1$2:$3');
  return { line: Number(line), column: Number(column), message, others: Number(others) };
}
