import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';

/** The keys and indices that lead to a value. */
export type KeyPath = readonly PropertyKey[];

/** Where something stands in a YAML document, in UTF-16 units from its start. */
export interface Spot {
  /** Whether the keys lead to something; if not, the rest is about the nearest thing around it. */
  readonly exact: boolean;
  /** Of the key, or of the list item. */
  readonly keyOffset: number;
  readonly valueOffset: number;
  /** The value; null where it is empty. */
  readonly node: Node | null;
}

interface Step {
  readonly keyOffset: number;
  readonly node: Node | null;
}

/** Follows keys through a document, through its aliases and merge keys too. */
export function findSpot(document: Document, keys: KeyPath): Spot {
  const start = dereference(document, document.contents);
  let step: Step = { keyOffset: offsetOf(start, 0), node: start };
  for (const key of keys) {
    const next = child(document, step, key);
    if (next === null) {
      return { exact: false, valueOffset: step.keyOffset, ...step };
    }
    step = next;
  }
  return { exact: true, valueOffset: offsetOf(step.node, step.keyOffset), ...step };
}

/** The value that a node stands for: aliases are followed, also to other aliases. */
function dereference(document: Document, node: unknown): Node | null {
  let current = node;
  while (isAlias(current)) {
    current = current.resolve(document);
  }
  return isNode(current) ? current : null;
}

/** Whether a pair is `<<: …`, whose mapping stands in for keys of its own. */
function isMergePair({ key }: Pair): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN';
}

function child(document: Document, { keyOffset, node }: Step, key: PropertyKey): Step | null {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return item === undefined
      ? null
      : { keyOffset: offsetOf(item, keyOffset), node: dereference(document, item) };
  }
  if (!isMap(node)) {
    return null;
  }
  const own = node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
  if (own !== undefined) {
    return { keyOffset: offsetOf(own.key, keyOffset), node: dereference(document, own.value) };
  }
  for (const pair of node.items.filter(isMergePair)) {
    const merged = dereference(document, pair.value);
    for (const source of isSeq(merged) ? merged.items : [merged]) {
      const found = child(document, { keyOffset, node: dereference(document, source) }, key);
      if (found !== null) {
        return found;
      }
    }
  }
  return null;
}

function offsetOf(node: unknown, otherwise: number): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}
