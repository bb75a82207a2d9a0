import type { SqlcEntry } from '../config/sqlc-config.ts';
import type { SqlcSteps } from './steps.ts';

/**
 * An sqlc configuration with some of its entries: those given, and those that write where one of them writes.
 *
 * @param wanted indexes into `steps.entries`
 * @returns the configuration as it is where that is all of them, or none
 */
export function narrowSqlc(steps: SqlcSteps, wanted: ReadonlySet<number>): SqlcSteps {
  const kept = withNeighbours(steps.config.entries, wanted);
  if (kept.size === 0 || kept.size === steps.entries.length) return steps;
  const isKept = (_: unknown, index: number): boolean => kept.has(index);
  const entries = steps.entries.filter(isKept);
  return {
    ...steps,
    config: { ...steps.config, entries: steps.config.entries.filter(isKept) },
    reads: [...new Set(entries.flatMap(({ reads }) => reads))],
    queryFiles: [...new Set(entries.flatMap(({ queryFiles }) => queryFiles))],
    schemaFiles: [...new Set(entries.flatMap(({ schemaFiles }) => schemaFiles))],
    entries,
    narrowed: true,
  };
}

/** The folders that an entry writes into, each once or more, those of files that it gives a path of their own among them. */
export function writtenFolders({ outs, namedOutputs }: SqlcEntry): readonly string[] {
  const named = namedOutputs.map((file) => file.slice(0, Math.max(0, file.lastIndexOf('/'))));
  return [...outs.map(({ dir }) => dir), ...named];
}

/** sqlc lets the last writer of a folder win, so that those who share one are judged together. */
function withNeighbours(entries: readonly SqlcEntry[], wanted: ReadonlySet<number>): ReadonlySet<number> {
  const writers = new Map<string, number[]>();
  const folders = entries.map((entry, index) => {
    const written = writtenFolders(entry);
    for (const folder of written) writers.set(folder, [...(writers.get(folder) ?? []), index]);
    return written;
  });
  const kept = new Set<number>();
  const waiting = [...wanted];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (kept.has(index)) continue;
    kept.add(index);
    for (const folder of folders[index] ?? []) waiting.push(...(writers.get(folder) ?? []));
  }
  return kept;
}
