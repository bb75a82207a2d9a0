import { createRequire } from 'node:module';
import type { Language, Node } from 'web-tree-sitter';
import { compileParsersOnce } from '../process/v8-settings.ts';
import { firstInvalidUtf8, type TextPosition, textPositions } from './text-position.ts';

/** A block such as `column "id" {…}`, at the first character of its type. */
export interface HclBlock extends TextPosition {
  readonly type: string;
  /** The labels of the blocks around it, from the outside in, and then its own: `['users', 'id']`. */
  readonly labels: readonly string[];
}

/**
 * The blocks of a file, in the order of the text. Where the file is not HCL these are the ones that could be made
 * out, and the position is near the first error: `formatHcl` has the exact one, and what is wrong.
 */
export type HclSyntax =
  | { readonly kind: 'ok'; readonly blocks: readonly HclBlock[] }
  | ({ readonly kind: 'invalid'; readonly blocks: readonly HclBlock[] } & TextPosition);

/**
 * Reads the structure of an HCL file; what its expressions mean is left to Atlas. The grammar is a little more
 * lenient than Atlas's parser: it takes two arguments on one line, for one thing.
 */
export async function parseHcl(bytes: Buffer): Promise<HclSyntax> {
  return withHclTree(bytes, (root, text) => {
    const positionAt = textPositions(text);
    const blocks = blocksIn(root, [], positionAt);
    const badByte = firstInvalidUtf8(bytes);
    if (badByte !== null) return { kind: 'invalid', blocks, ...badByte };
    if (!root.hasError) return { kind: 'ok', blocks };
    return { kind: 'invalid', blocks, ...positionAt((firstError(root) ?? root).startIndex) };
  });
}

/** Linked once: the WebAssembly module breaks where the grammar is loaded into it twice at a time. */
let grammar: Promise<Language> | undefined;

async function loadGrammar(): Promise<Language> {
  compileParsersOnce();
  const { Parser, Language } = await import('web-tree-sitter');
  await Parser.init();
  const require = createRequire(import.meta.url);
  return Language.load(require.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm'));
}

/**
 * Parses an HCL file and reads something off its syntax tree, which is gone afterwards.
 *
 * @param read gets the root and the text, whose UTF-16 units the nodes are counted in
 */
export async function withHclTree<T>(bytes: Buffer, read: (root: Node, text: string) => T): Promise<T> {
  grammar ??= loadGrammar();
  const language = await grammar;
  const { Parser } = await import('web-tree-sitter');
  const parser = new Parser();
  const text = new TextDecoder().decode(bytes);
  const tree = parser.setLanguage(language).parse(text);
  try {
    if (tree === null) throw new Error('the HCL parser was interrupted');
    return read(tree.rootNode, text);
  } finally {
    // The syntax tree lies in the memory of the WebAssembly module, which nothing else frees.
    tree?.delete();
    parser.delete();
  }
}

/**
 * Finds every block of an HCL file, nested ones too, so that a finding can point at a table or a column.
 *
 * @returns blocks in the order of the text, each with the labels of the blocks around it in front of its own
 */
export async function findHclBlocks(bytes: Buffer): Promise<readonly HclBlock[]> {
  return (await parseHcl(bytes)).blocks;
}

function blocksIn(
  node: Node,
  outer: readonly string[],
  positionAt: (offset: number) => TextPosition,
): HclBlock[] {
  return children(node).flatMap((child) => {
    if (child.type !== 'block') return blocksIn(child, outer, positionAt);
    const [type, ...rest] = children(child);
    const labels = [...outer, ...rest.filter(isLabel).map(labelText)];
    const block = { type: type?.text ?? '', labels, ...positionAt(child.startIndex) };
    return [block, ...blocksIn(child, labels, positionAt)];
  });
}

export function isLabel(node: Node): boolean {
  return node.type === 'string_lit' || node.type === 'identifier';
}

export function labelText(node: Node): string {
  return node.type === 'identifier' ? node.text : node.text.slice(1, -1).replace(/\\(["\\])/g, '$1');
}

/** The first node of a tree with errors that is one. */
export function firstError(node: Node): Node | null {
  if (node.isError || node.isMissing) return node;
  for (const child of allChildren(node)) {
    const found = child.hasError || child.isMissing ? firstError(child) : null;
    if (found !== null) return found;
  }
  return null;
}

export function children(node: Node): Node[] {
  return node.namedChildren.filter((child) => child !== null);
}

function allChildren(node: Node): Node[] {
  return node.children.filter((child) => child !== null);
}
