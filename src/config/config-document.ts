import { type Document, isMap, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { CheckError, type Place } from '../errors.ts';
import { type ProblemKind, problemsError } from './config-problem.ts';
import { DEEPEST, isTooDeep } from './nesting.ts';
import { lowerFirst, type SyntaxOptions, syntaxProblems } from './syntax-problems.ts';
import { itemLines, type TextSpan } from './yaml-items.ts';
import { findSpot, type KeyPath } from './yaml-places.ts';

/** A configuration as plain data that still knows where everything stands. */
export interface ConfigDocument {
  readonly path: string;
  /** Plain values; anchors and merge keys are resolved. Null for an empty file. */
  readonly value: unknown;
  has(keys: KeyPath): boolean;
  /** Where the key (or list item) stands that the keys lead to, or the nearest thing around it that is there. */
  keyPlace(keys: KeyPath): Place;
  /** Where the value stands that the keys lead to, or the nearest thing around it that is there. */
  valuePlace(keys: KeyPath): Place;
  /** The keys of a mapping in the file's order, which an object loses for keys that look like numbers. */
  keysOf(keys: KeyPath): readonly string[];
  /** The lines of each item of a list, as {@link itemLines} has them. */
  itemLines(keys: KeyPath): readonly TextSpan[] | null;
}

export interface ReadOptions extends ProblemKind, SyntaxOptions {}

/**
 * Reads YAML, or JSON as the subset of it that it is, since a YAML reader knows positions.
 *
 * @param path relative to the git root; the place of every error
 * @throws CheckError with the given code for bytes that are not UTF-8, not YAML, or nested without end
 */
export function readConfigDocument(path: string, bytes: Buffer, options: ReadOptions): ConfigDocument {
  const { text, document, lines } = parse(path, bytes, options);
  const prefix = options.under === undefined ? [] : [options.under];
  const find = (keys: KeyPath) => findSpot(document, [...prefix, ...keys]);
  const placeAt = (offset: number): Place => placeOf(path, lines, offset);
  const problems = syntaxProblems(text, document, options);
  if (problems.length > 0) {
    throw problemsError(
      problems.map((problem) => ({ place: placeAt(problem.offset), text: problem.text })),
      options,
    );
  }
  const whole = plainValue(path, document, options);
  return {
    path,
    value: options.under === undefined ? whole : propertyOf(whole, options.under),
    has: (keys) => find(keys).exact,
    keyPlace: (keys) => placeAt(find(keys).keyOffset),
    valuePlace: (keys) => placeAt(find(keys).valueOffset),
    itemLines: (keys) => itemLines(text, document, [...prefix, ...keys]),
    keysOf(keys) {
      const { exact, node } = find(keys);
      return exact && isMap(node)
        ? node.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''))
        : [];
    },
  };
}

interface Parsed {
  readonly text: string;
  readonly document: Document.Parsed<ParsedNode>;
  readonly lines: LineCounter;
}

function parse(path: string, bytes: Buffer, options: ReadOptions): Parsed {
  const text = decodeUtf8(path, bytes, options);
  if (isTooDeep(text)) {
    throw new CheckError(options.code, `the file nests more than ${DEEPEST} levels`, {
      place: { path },
      hint: options.hint,
    });
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      merge: true,
      stringKeys: options.strict && options.under === undefined,
      logLevel: 'error',
    });
    return { text, document, lines };
  } catch (error) {
    throw unreadable(path, error, options);
  }
}

function plainValue(path: string, document: Document.Parsed<ParsedNode>, options: ReadOptions): unknown {
  try {
    // Throws where aliases multiply.
    return document.toJS();
  } catch (error) {
    throw unreadable(path, error, options);
  }
}

function unreadable(path: string, error: unknown, { code, hint }: ProblemKind): CheckError {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return new CheckError(code, `the file can't be read: ${lowerFirst(reason)}`, {
    place: { path },
    hint,
    cause: error,
  });
}

function decodeUtf8(path: string, bytes: Buffer, { code, hint }: ProblemKind): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new CheckError(code, 'the file is not valid UTF-8', { place: { path }, hint, cause: error });
  }
}

function placeOf(path: string, lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { path, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}
