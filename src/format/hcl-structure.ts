import type { Node } from 'web-tree-sitter';
import { children, isLabel, labelText, positionOf, withHclTree } from './hcl-syntax.ts';
import type { TextPosition } from './text-position.ts';

/** A stretch of the decoded text, in the UTF-16 units of a JavaScript string, the end not included. */
interface HclRange {
  readonly start: number;
  readonly end: number;
}

/** What an expression is, as far as that can be told without evaluating it. */
export type HclExpression =
  /** `"text"`, without its quotes and escapes. */
  | { readonly kind: 'string'; readonly text: string }
  /** `-1.50`, as it is written. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** `column.id` is `['column', 'id']`. */
  | { readonly kind: 'reference'; readonly path: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly HclExpression[] }
  | { readonly kind: 'list'; readonly items: readonly HclExpression[] }
  /** Anything else: an operation, a template with `${`, a heredoc, an index. */
  | { readonly kind: 'other' };

export interface HclAttribute extends TextPosition, HclRange {
  readonly name: string;
  readonly value: HclExpression;
  /** Of the value alone. */
  readonly valueRange: HclRange;
}

/** A block with what is directly in it. */
export interface HclElement extends TextPosition, HclRange {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclElement[];
  /** Just behind the opening brace. */
  readonly bodyStart: number;
}

/** What stands directly in a file. */
export interface HclFile {
  readonly text: string;
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclElement[];
  /** Whether all of it is HCL; where it is not, what could be made out is there. */
  readonly valid: boolean;
}

/** Reads an HCL file with its attributes and where their values stand, so that they can be changed in the text. */
export async function readHcl(bytes: Buffer): Promise<HclFile> {
  return withHclTree(bytes, (root, lines) => {
    const body = children(root).find(({ type }) => type === 'body');
    return { text: lines.join('\n'), ...bodyOf(body, lines), valid: !root.hasError };
  });
}

function bodyOf(body: Node | undefined, lines: readonly string[]) {
  const parts = body === undefined ? [] : children(body);
  return {
    attributes: parts.flatMap((node) => (node.type === 'attribute' ? [attributeOf(node, lines)] : [])),
    blocks: parts.flatMap((node) => (node.type === 'block' ? [elementOf(node, lines)] : [])),
  };
}

function elementOf(node: Node, lines: readonly string[]): HclElement {
  const [type, ...rest] = children(node);
  const opening = rest.find((child) => child.type === 'block_start');
  return {
    type: type?.text ?? '',
    labels: rest.filter(isLabel).map(labelText),
    ...bodyOf(
      rest.find((child) => child.type === 'body'),
      lines,
    ),
    ...{ start: node.startIndex, end: node.endIndex, bodyStart: opening?.endIndex ?? node.endIndex },
    ...positionOf(node, lines),
  };
}

function attributeOf(node: Node, lines: readonly string[]): HclAttribute {
  const [name, value] = children(node);
  return {
    name: name?.text ?? '',
    value: value === undefined ? { kind: 'other' } : expressionOf(value),
    valueRange: { start: value?.startIndex ?? node.endIndex, end: value?.endIndex ?? node.endIndex },
    ...{ start: node.startIndex, end: node.endIndex },
    ...positionOf(node, lines),
  };
}

function expressionOf(node: Node): HclExpression {
  const parts = children(node);
  const [first] = parts;
  if (first === undefined) return leafOf(node);
  switch (first.type) {
    case 'literal_value':
      return leafOf(children(first)[0] ?? first);
    case 'variable_expr':
      return referenceOf(parts);
    case 'function_call':
      return parts.length === 1 ? callOf(first) : { kind: 'other' };
    case 'collection_value':
      return parts.length === 1 ? listOf(first) : { kind: 'other' };
    case 'operation':
      return /^-\s*\d[\d.]*$/.test(node.text)
        ? { kind: 'number', text: node.text.replace(/\s/g, '') }
        : { kind: 'other' };
    default:
      return { kind: 'other' };
  }
}

function leafOf(node: Node): HclExpression {
  if (node.type === 'numeric_lit') return { kind: 'number', text: node.text };
  if (node.type === 'bool_lit') return { kind: 'bool', value: node.text === 'true' };
  if (node.type === 'string_lit') return stringOf(node);
  return { kind: 'other' };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function stringOf(node: Node): HclExpression {
  const quoted = node.text.slice(1, -1);
  if (/[$%]\{/.test(quoted)) return { kind: 'other' };
  const text = quoted.replace(
    /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g,
    (_, short: string | undefined, long: string | undefined, character: string | undefined) =>
      character === undefined
        ? String.fromCodePoint(Number.parseInt(short ?? long ?? '0', 16))
        : (ESCAPES[character] ?? character),
  );
  return { kind: 'string', text };
}

function referenceOf(parts: readonly Node[]): HclExpression {
  const path: string[] = [];
  for (const part of parts) {
    const name = children(part)[0];
    const isName = part.type === 'variable_expr' || part.type === 'get_attr';
    if (!isName || name?.type !== 'identifier') return { kind: 'other' };
    path.push(name.text);
  }
  return { kind: 'reference', path };
}

function callOf(node: Node): HclExpression {
  const [name, list] = children(node);
  const given = list === undefined ? [] : children(list);
  if (given.some(({ type }) => type !== 'expression')) return { kind: 'other' };
  return { kind: 'call', name: name?.text ?? '', arguments: given.map(expressionOf) };
}

function listOf(node: Node): HclExpression {
  const tuple = children(node).find(({ type }) => type === 'tuple');
  if (tuple === undefined) return { kind: 'other' };
  const items = children(tuple).filter(({ type }) => type === 'expression');
  return { kind: 'list', items: items.map(expressionOf) };
}
