import { type PlannedTarget, readsOf } from '../plan/steps.ts';

export type StepName = 'plan' | 'extract' | 'convert' | 'sqlc';

/** Milliseconds that steps take by and large; only their proportions count. sqlc's reader of SQLite is the slow one. */
const PLAN = 150;
const EXTRACT = 150;
const CONVERT = 50;
const SQLC = { postgresql: 120, mysql: 90, sqlite: 1200 } as const;

/**
 * How urgent each step is: how long the chain of steps is that waits for it, with itself. What heads the longest chain is to
 * begin first, or the processors idle at the end while one of them works it off.
 *
 * @returns by target, a function from the name of its step
 */
export function stepPriorities(targets: readonly PlannedTarget[]): (id: string, step: StepName) => number {
  const readers = new Map<string, PlannedTarget[]>();
  for (const target of targets) {
    for (const read of readsOf(target)) readers.set(read, [...(readers.get(read) ?? []), target]);
  }
  const byId = new Map(targets.map((target) => [target.id, target]));
  const heights = new Map<string, number>();
  const after = (id: string): number => {
    const known = heights.get(id);
    if (known !== undefined) return known;
    const height = Math.max(
      0,
      ...(readers.get(id) ?? []).map((reader) => ownCost(reader) + after(reader.id)),
    );
    heights.set(id, height);
    return height;
  };
  return (id, step) => {
    const target = byId.get(id);
    const rest = after(id);
    if (step === 'plan') return rest + PLAN + EXTRACT;
    return step === 'extract' ? rest + EXTRACT : rest + (target === undefined ? 0 : ownCost(target));
  };
}

function ownCost(target: PlannedTarget): number {
  switch (target.kind) {
    case 'sqlc':
      return Math.max(0, ...target.config.entries.map(({ engine }) => SQLC[engine]));
    case 'derived':
      return CONVERT;
    case 'database':
      return PLAN + EXTRACT;
    case 'removed':
      return 0;
  }
}
