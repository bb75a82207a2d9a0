import { displayPath } from '../git/path-bytes.ts';
import type { Finding } from '../rules/finding.ts';
import type { FindingTree } from './finding-tree.ts';
import { prettyExcerpt } from './pretty-excerpt.ts';
import type { Colors, PrettyStyle } from './pretty-style.ts';
import { counted, printable, printableLine } from './printable.ts';

/** How many files that follow from a cause are named before `… 3 more`. */
const MAX_FOLLOWERS = 3;

/** One finding with its place, excerpt, cause and mend, and one line for all that follows from it. */
export function prettyFinding({ root, follows }: FindingTree, style: PrettyStyle): readonly string[] {
  const { colors } = style;
  const excerpt =
    root.diff === null || style.quiet
      ? { gutter: 2, lines: [] }
      : prettyExcerpt(root.diff, style.verbose, colors);
  const because = root.folded ? `it follows from finding ${root.because}` : root.because;
  return [
    ...prettyClaim(root.severity, root.rule, root.message, colors),
    prettyPlace(root.location, colors),
    ...excerpt.lines,
    ...prettyNote('because', because, excerpt.gutter, colors),
    ...(root.fix === null ? [] : prettyNote('fix', root.fix, excerpt.gutter, colors)),
    ...prettyNote('help', `dbcheck explain ${root.rule}`, excerpt.gutter, colors),
    ...prettyFollowers({ root, follows }, excerpt.gutter, style),
  ];
}

/** `error[rule or code]: claim`; further lines of the message, a tool's own words, stand below it. */
export function prettyClaim(
  severity: 'error' | 'warning',
  name: string,
  message: string,
  colors: Colors,
): readonly string[] {
  const paint = severity === 'error' ? colors.red : colors.yellow;
  const [claim = '', ...rest] = printable(message).trimEnd().split('\n');
  return [
    `${paint(colors.bold(`${severity}[${printableLine(name)}]`))}${colors.bold(`: ${claim}`)}`,
    ...rest.map((line) => `   ${colors.blue('|')} ${line}`.trimEnd()),
  ];
}

/** `--> path:line:column`, the form that terminals and editors make clickable. */
export function prettyPlace({ path, line, column }: Finding['location'], colors: Colors): string {
  const numbers = [line, line === null ? null : column].filter((number) => number !== null);
  return `  ${colors.blue('-->')} ${[printablePath(path), ...numbers].join(':')}`;
}

/** `= label: text`, aligned with the gutter and with the other notes. */
export function prettyNote(label: string, text: string, gutter: number, colors: Colors): readonly string[] {
  const [first = '', ...rest] = printable(text).trimEnd().split('\n');
  const indent = ' '.repeat(gutter + 1);
  const column = 'because: '.length;
  return [
    `${indent}${colors.blue('=')} ${colors.bold(`${label}:`.padEnd(column))}${first}`,
    ...rest.map((line) => `${indent}  ${' '.repeat(column)}${line}`.trimEnd()),
  ];
}

function prettyFollowers({ follows }: FindingTree, gutter: number, style: PrettyStyle): readonly string[] {
  const paths = [...new Set(follows.map(({ location }) => location.path))].map(printablePath);
  if (paths.length === 0) return [];
  const shown = style.verbose ? paths : paths.slice(0, MAX_FOLLOWERS);
  const hidden = paths.length - shown.length;
  const list = [...shown, ...(hidden > 0 ? [`… ${hidden} more (--verbose)`] : [])].join(', ');
  const claim = `${counted(paths.length, 'file')} that ${paths.length === 1 ? 'follows' : 'follow'} from it`;
  return [`${' '.repeat(gutter + 1)}${style.colors.blue('=')} and ${claim}: ${list}`];
}

/** Quoted as git does, and safe for a terminal also where git would let a character through. */
export function printablePath(path: string): string {
  return printableLine(displayPath(path));
}
