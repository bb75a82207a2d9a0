import type { Node } from 'web-tree-sitter';
import type {
  HclAttribute,
  HclElement,
  HclExpression,
  HclFile,
  HclProblem,
  HclRange,
  HclValue,
} from './hcl-file.ts';
import { children, firstError, isLabel, labelText, withHclTree } from './hcl-syntax.ts';
import { readPlainHcl } from './plain-hcl.ts';
import { firstInvalidUtf8, textPositions } from './text-position.ts';

type PositionAt = HclFile['positionAt'];

/** Reads an HCL file with its attributes and where their values stand, so that they can be changed in the text. */
export async function readHcl(bytes: Buffer): Promise<HclFile> {
  const plain = readPlainHcl(bytes);
  if (plain !== null) return { ...plain, problem: null };
  return withHclTree(bytes, (root, text) => {
    const positionAt = textPositions(text);
    const body = children(root).find(({ type }) => type === 'body');
    return {
      text,
      ...bodyOf(body, positionAt),
      problem: problemOf(bytes, root, positionAt),
      positionAt,
    };
  });
}

function problemOf(bytes: Buffer, root: Node, positionAt: PositionAt): HclProblem | null {
  const badByte = firstInvalidUtf8(bytes);
  if (badByte !== null) return { ...badByte, message: 'a byte is not part of valid UTF-8' };
  if (!root.hasError) return null;
  const error = firstError(root) ?? root;
  const message = error.isMissing ? `${error.type.replaceAll('_', ' ')} is missing` : 'this is not HCL';
  return { ...positionAt(error.startIndex), message };
}

function bodyOf(body: Node | undefined, positionAt: PositionAt) {
  const attributes: HclAttribute[] = [];
  const blocks: HclElement[] = [];
  for (const node of body === undefined ? [] : children(body)) {
    if (node.type === 'attribute') attributes.push(attributeOf(node, positionAt));
    if (node.type === 'block') blocks.push(elementOf(node, positionAt));
  }
  return { attributes, blocks };
}

function elementOf(node: Node, positionAt: PositionAt): HclElement {
  const [type, ...rest] = children(node);
  const opening = rest.find((child) => child.type === 'block_start');
  const labels = rest.filter(isLabel);
  return {
    type: type?.text ?? '',
    labels: labels.map(labelText),
    labelRanges: labels.map(rangeOf),
    ...bodyOf(
      rest.find((child) => child.type === 'body'),
      positionAt,
    ),
    ...rangeOf(node),
    bodyStart: opening?.endIndex ?? node.endIndex,
    ...positionAt(node.startIndex),
  };
}

function attributeOf(node: Node, positionAt: PositionAt): HclAttribute {
  const [name, value] = children(node);
  return {
    name: name?.text ?? '',
    value:
      value === undefined ? { kind: 'other', start: node.endIndex, end: node.endIndex } : expressionOf(value),
    ...rangeOf(node),
    ...positionAt(node.startIndex),
  };
}

function rangeOf({ startIndex, endIndex }: Node): HclRange {
  return { start: startIndex, end: endIndex };
}

function expressionOf(node: Node): HclExpression {
  return { ...hclValueOf(node), ...rangeOf(node) };
}

function hclValueOf(node: Node): HclValue {
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

function leafOf(node: Node): HclValue {
  if (node.type === 'numeric_lit') return { kind: 'number', text: node.text };
  if (node.type === 'bool_lit') return { kind: 'bool', value: node.text === 'true' };
  if (node.type === 'string_lit') return stringOf(node);
  return { kind: 'other' };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function stringOf(node: Node): HclValue {
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

function referenceOf(parts: readonly Node[]): HclValue {
  const path: string[] = [];
  for (const part of parts) {
    const name = stepOf(part);
    if (name === null) return { kind: 'other' };
    path.push(name);
  }
  return { kind: 'reference', path };
}

/** The name that one part of a reference adds: `id` in `column.id` and in `column["id"]`. */
function stepOf(part: Node): string | null {
  const [inner] = children(part);
  if (inner === undefined) return null;
  if (part.type === 'variable_expr' || part.type === 'get_attr') {
    return inner.type === 'identifier' ? inner.text : null;
  }
  const key = inner.type === 'new_index' ? children(inner)[0] : undefined;
  const value = key === undefined ? null : hclValueOf(key);
  return value?.kind === 'string' ? value.text : null;
}

function callOf(node: Node): HclValue {
  const [name, list] = children(node);
  const given = list === undefined ? [] : children(list);
  if (given.some(({ type }) => type !== 'expression')) return { kind: 'other' };
  return { kind: 'call', name: name?.text ?? '', arguments: given.map(expressionOf) };
}

function listOf(node: Node): HclValue {
  const tuple = children(node).find(({ type }) => type === 'tuple');
  if (tuple === undefined) return { kind: 'other' };
  const items = children(tuple).filter(({ type }) => type === 'expression');
  return { kind: 'list', items: items.map(expressionOf) };
}
