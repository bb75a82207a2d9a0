import { isUtf8 } from 'node:buffer';
import type { HclAttribute, HclElement, HclExpression, HclFile } from './hcl-file.ts';
import { type TextPosition, textPositions } from './text-position.ts';

type Body = Pick<HclFile, 'attributes' | 'blocks'>;

/** White space besides blanks, tabs and newlines, and what is no character of a text at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
const UNUSUAL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffd\u2028\u2029]/;
/** Names that are none where a value is expected, and `null`, which has no kind of its own. */
const KEYWORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'for', 'in', 'if']);
const DEEPEST = 50;
const NAME = /[A-Za-z][A-Za-z0-9_-]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?/y;
/** Without a template, with the escapes that are what they look like. */
const STRING = /"(?:[^"\\\n$%]|[$%](?!\{)|\\["\\nrt])*"/y;
const BLANKS = /[ \t]*/y;
const LINE_END = /[ \t]*(?:(?:#|\/\/)[^\n]*)?(?:\n|$)/y;
const BLANK_LINES = /(?:[ \t]*(?:(?:#|\/\/)[^\n]*)?\n)*[ \t]*(?:(?:#|\/\/)[^\n]*$)?/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * Reads HCL of the plainest kind, of which schemas are nearly always made: blocks, attributes, strings, numbers, names,
 * calls, lists, and comments to the end of a line. What it reads is HCL for every version of its parser, and is read as by
 * the whole grammar, which takes longer to be loaded than this takes to read all schemas.
 *
 * @returns null where anything else is in it, which the whole grammar and Atlas then have to judge
 */
export function readPlainHcl(bytes: Buffer): Omit<HclFile, 'problem'> | null {
  const text = isUtf8(bytes) ? new TextDecoder().decode(bytes) : '\ufffd';
  if (UNUSUAL.test(text)) return null;
  const scan = { text, at: 0, positionAt: textPositions(text) };
  const body = bodyFrom(scan, DEEPEST);
  if (body === null || scan.at < text.length) return null;
  return { text, ...body, positionAt: scan.positionAt };
}

interface Scan {
  readonly text: string;
  readonly positionAt: (offset: number) => TextPosition;
  at: number;
}

/** Up to the brace that ends it, or the end of the text. */
function bodyFrom(scan: Scan, depth: number): Body | null {
  const attributes: HclAttribute[] = [];
  const blocks: HclElement[] = [];
  const names = new Set<string>();
  for (;;) {
    take(scan, BLANK_LINES);
    if (scan.at === scan.text.length || scan.text[scan.at] === '}') return { attributes, blocks };
    const start = scan.at;
    const name = take(scan, NAME);
    if (name === null || depth === 0) return null;
    take(scan, BLANKS);
    if (takes(scan, '=')) {
      take(scan, BLANKS);
      const value = expressionFrom(scan, depth);
      if (value === null || names.has(name)) return null;
      names.add(name);
      attributes.push({ name, value, start, end: value.end, ...scan.positionAt(start) });
    } else {
      const block = blockFrom(scan, name, start, depth - 1);
      if (block === null) return null;
      blocks.push(block);
    }
    if (take(scan, LINE_END) === null) return null;
  }
}

function blockFrom(scan: Scan, type: string, start: number, depth: number): HclElement | null {
  const labels: string[] = [];
  const labelRanges: HclElement['labelRanges'][number][] = [];
  while (!takes(scan, '{')) {
    const from = scan.at;
    const label = take(scan, STRING) ?? take(scan, NAME);
    // A label has escapes of its own.
    if (label === null || label.includes('\\')) return null;
    labels.push(label.startsWith('"') ? label.slice(1, -1) : label);
    labelRanges.push({ start: from, end: scan.at });
    take(scan, BLANKS);
  }
  const bodyStart = scan.at;
  take(scan, BLANKS);
  const isEmpty = scan.text[scan.at] === '}';
  if (!isEmpty && take(scan, LINE_END) === null) return null;
  const body = isEmpty ? { attributes: [], blocks: [] } : bodyFrom(scan, depth);
  if (body === null || !takes(scan, '}')) return null;
  return { type, labels, labelRanges, ...body, start, end: scan.at, bodyStart, ...scan.positionAt(start) };
}

function expressionFrom(scan: Scan, depth: number): HclExpression | null {
  const start = scan.at;
  const string = take(scan, STRING);
  if (string !== null) return { kind: 'string', text: unescaped(string.slice(1, -1)), start, end: scan.at };
  const number = take(scan, NUMBER);
  if (number !== null) return { kind: 'number', text: number, start, end: scan.at };
  if (takes(scan, '[')) return listFrom(scan, start, depth - 1);
  const path: string[] = [];
  do {
    const name = take(scan, NAME);
    if (name === null) return null;
    path.push(name);
  } while (takes(scan, '.'));
  const [name = '', ...more] = path;
  if (KEYWORDS.has(name) && (more.length > 0 || scan.text[scan.at] === '(')) return null;
  if (takes(scan, '(')) return more.length === 0 ? callFrom(scan, name, start, depth - 1) : null;
  const range = { start, end: scan.at };
  if (name === 'true' || name === 'false') {
    return { kind: 'bool', value: name === 'true', ...range };
  }
  if (KEYWORDS.has(name)) return null;
  return { kind: 'reference', path, ...range };
}

function callFrom(scan: Scan, name: string, start: number, depth: number): HclExpression | null {
  const given: HclExpression[] = [];
  take(scan, BLANKS);
  while (!takes(scan, ')')) {
    if (given.length > 0 && !takesWithBlanks(scan, ',')) return null;
    const argument = depth <= 0 ? null : expressionFrom(scan, depth);
    if (argument === null) return null;
    given.push(argument);
    take(scan, BLANKS);
  }
  return { kind: 'call', name, arguments: given, start, end: scan.at };
}

function listFrom(scan: Scan, start: number, depth: number): HclExpression | null {
  const items: HclExpression[] = [];
  take(scan, BLANK_LINES);
  while (!takes(scan, ']')) {
    const item = depth <= 0 ? null : expressionFrom(scan, depth);
    if (item === null) return null;
    items.push(item);
    take(scan, BLANK_LINES);
    if (!takes(scan, ',') && scan.text[scan.at] !== ']') return null;
    take(scan, BLANK_LINES);
  }
  return { kind: 'list', items, start, end: scan.at };
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character);
}

/** @returns what the expression matches here; null where it does not, and nothing is taken */
function take(scan: Scan, expression: RegExp): string | null {
  expression.lastIndex = scan.at;
  const [found] = expression.exec(scan.text) ?? [];
  if (found === undefined) return null;
  scan.at += found.length;
  return found;
}

function takes(scan: Scan, character: string): boolean {
  if (scan.text[scan.at] !== character) return false;
  scan.at += 1;
  return true;
}

function takesWithBlanks(scan: Scan, character: string): boolean {
  const isThere = takes(scan, character);
  take(scan, BLANKS);
  return isThere;
}
