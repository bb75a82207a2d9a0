import type { SqlcSteps } from '../plan/steps.ts';
import { outputPaths, type Regenerated, type Regeneration } from '../steps/regeneration.ts';
import type { CollisionEvidence } from '../verdict/evidence.ts';
import { folderOf } from './read-sources.ts';

/** What is made by more than one writer, and so can't be held against anything. */
export interface OutputCollisions {
  /** What two configurations both write. */
  readonly evidence: readonly CollisionEvidence[];
  /** Every path that two entries or two configurations write. */
  readonly contested: ReadonlySet<string>;
  /** The regeneration without the contested paths. */
  readonly regeneration: Regeneration;
}

/** Finds the outputs that have several writers: learned from what was written, not from what configurations promise. */
export function findOutputCollisions(
  configs: readonly SqlcSteps[],
  regeneration: Regeneration,
): OutputCollisions {
  const evidence = collisionsBetween(configs, regeneration);
  const contested = new Set([
    ...evidence.flatMap(({ paths }) => paths),
    ...[...regeneration.results.values()].flatMap((result) =>
      result.kind === 'made' ? result.collisions.map(({ path }) => path) : [],
    ),
  ]);
  if (contested.size === 0) return { evidence, contested, regeneration };
  const results = [...regeneration.results].map(
    ([id, result]) => [id, withoutPaths(result, contested)] as const,
  );
  return { evidence, contested, regeneration: { ...regeneration, results: new Map(results) } };
}

function withoutPaths(result: Regenerated, contested: ReadonlySet<string>): Regenerated {
  if (result.kind !== 'made') return result;
  return {
    ...result,
    outputs: new Map([...result.outputs].filter(([path]) => !contested.has(path))),
    fresh: new Set([...result.fresh].filter((path) => !contested.has(path))),
  };
}

function collisionsBetween(
  configs: readonly SqlcSteps[],
  { results }: Regeneration,
): readonly CollisionEvidence[] {
  const writers = new Map<string, SqlcSteps>();
  const found = new Map<string, CollisionEvidence>();
  for (const steps of configs) {
    const result = results.get(steps.id);
    for (const path of result?.kind === 'made' ? outputPaths(result) : []) {
      const other = writers.get(path);
      writers.set(path, steps);
      if (other === undefined) continue;
      const folder = folderOf(path);
      const key = [other.id, steps.id, folder].join('\0');
      const paths = [...(found.get(key)?.paths ?? []), path];
      const location = placeOfOutput(steps, folder);
      found.set(key, { kind: 'collision', id: steps.id, paths, other: other.id, location });
    }
  }
  return [...found.values()];
}

function placeOfOutput(steps: SqlcSteps, folder: string): CollisionEvidence['location'] {
  const entry = steps.config.entries.find(({ outs }) => outs.some(({ dir }) => dir === folder));
  const place = entry?.place ?? { path: steps.id };
  return { path: place.path, line: place.line ?? null, column: place.column ?? null };
}
