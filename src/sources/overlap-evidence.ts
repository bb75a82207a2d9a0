import type { Project } from '../config/project.ts';
import { type OutputOverlap, outputOverlaps } from '../plan/output-overlaps.ts';
import type { StepGraph } from '../plan/steps.ts';
import type { Evidence } from '../verdict/evidence.ts';

/**
 * What the configuration lays out in one place, as far as judged targets have a part in it. One line of the
 * configuration can do so for each database, and is told once.
 */
export function overlapEvidence(
  project: Project,
  graph: StepGraph,
  judged: ReadonlySet<string>,
): readonly Evidence[] {
  const groups = new Map<string, { readonly first: OutputOverlap; count: number }>();
  for (const overlap of outputOverlaps(project, graph)) {
    if (!judged.has(overlap.of) && !judged.has(overlap.owner)) continue;
    const { kind, place } = overlap;
    const key = [kind, place.path, place.line, place.column].join('\0');
    const group = groups.get(key) ?? { first: overlap, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, count }) => ({
    ...{ kind: 'overlap', id: first.of, overlap: first, more: count - 1 },
  }));
}
