import type { Finding, FoldedFinding } from '../rules/finding.ts';

/** A finding that is told in full, with those that follow from it. */
export interface FindingTree {
  readonly root: Finding;
  readonly follows: readonly FoldedFinding[];
}

/**
 * Puts findings in the order in which they are told: grouped by target, and under each cause what follows from it, from
 * whatever target. A folded finding whose cause is not among them is told in full rather than lost.
 *
 * @param targets the order of targets; others come after them, in the order of the findings
 */
export function findingTrees(
  findings: readonly Finding[],
  targets: readonly string[],
): readonly FindingTree[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const follows = new Map<Finding, FoldedFinding[]>();
  for (const finding of findings) {
    const root = rootOf(finding, byId);
    const group = follows.get(root) ?? [];
    if (finding.folded && finding !== root) group.push(finding);
    follows.set(root, group);
  }
  const order = [...new Set([...targets, ...findings.map(({ target }) => target)])];
  const rank = new Map(order.map((target, index) => [target, index]));
  return [...follows]
    .map(([root, group]) => ({ root, follows: group }))
    .sort((left, right) => (rank.get(left.root.target) ?? 0) - (rank.get(right.root.target) ?? 0));
}

function rootOf(finding: Finding, byId: ReadonlyMap<string, Finding>): Finding {
  let current = finding;
  const seen = new Set<Finding>();
  while (current.folded) {
    const cause = byId.get(current.because);
    if (cause === undefined) return current;
    if (seen.has(cause)) return finding;
    seen.add(cause);
    current = cause;
  }
  return current;
}
