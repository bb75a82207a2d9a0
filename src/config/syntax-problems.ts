import { type Document, isMap, isScalar, type ParsedNode, visit } from 'yaml';

export interface SyntaxOptions {
  /** Whether unknown tags, keys that are no text and a second document are refused. sqlc's own reader takes them. */
  readonly strict: boolean;
  /** Reads the value of this key alone, as in a package.json: the rest of the file is somebody else's. */
  readonly under?: string | undefined;
}

/** What can't be read, with its offset in the text. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly text: string;
}

/** What keeps a document from being read, in words. */
export function syntaxProblems(
  source: string,
  document: Document.Parsed<ParsedNode>,
  { strict, under }: SyntaxOptions,
): readonly SyntaxProblem[] {
  const errors = document.errors.filter(({ code }) => strict || code !== 'MULTIPLE_DOCS');
  const problems = [...errors, ...(strict ? document.warnings : [])]
    .filter(({ pos }) => under === undefined || isUnder(document, under, pos[0]))
    .map(({ pos, message, code }) => ({
      offset: pos[0],
      text: /^\{(dialect|database)\}/.test(source.slice(pos[0]))
        ? 'a text with braces has to be in quotes within a list or mapping that is written in brackets'
        : syntaxText(code, message),
    }));
  return [...firstOfEachLine(source, problems), ...aliasProblems(document)];
}

/** What follows on the same line is the reader's confusion after the first. */
function firstOfEachLine(source: string, problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  const sorted = problems.toSorted((a, b) => a.offset - b.offset);
  return sorted.filter(({ offset }, index) => {
    const before = sorted[index - 1];
    return before === undefined || source.slice(before.offset, offset).includes('\n');
  });
}

function aliasProblems(document: Document.Parsed<ParsedNode>): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Alias(_, alias, path) {
      const anchor = alias.resolve(document);
      const offset = alias.range?.[0] ?? 0;
      if (anchor === undefined) {
        problems.push({ offset, text: `no anchor \`&${alias.source}\` stands before this alias` });
      } else if (path.includes(anchor)) {
        problems.push({ offset, text: `the anchor \`&${alias.source}\` contains itself` });
      }
    },
  });
  return problems;
}

function isUnder(document: Document.Parsed<ParsedNode>, under: string, offset: number): boolean {
  const root = document.contents;
  return (
    isMap(root) &&
    root.items.some(
      ({ key, value }) =>
        isScalar(key) && key.value === under && offset >= key.range[0] && offset <= (value?.range[2] ?? 0),
    )
  );
}

function syntaxText(code: string, message: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'this key is there twice in its mapping';
    case 'MULTIPLE_DOCS':
      return 'a second YAML document begins here; one file holds one configuration';
    default:
      return lowerFirst(message);
  }
}

/** So that the YAML reader's words fit into a sentence. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
