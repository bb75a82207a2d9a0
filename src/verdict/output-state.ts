/** What an output file of the snapshot is, held against what its step makes of the same snapshot. */
export type OutputState =
  | { readonly state: 'fresh'; readonly path: string }
  | {
      readonly state: 'stale';
      readonly path: string;
      readonly committed: Buffer;
      readonly regenerated: Buffer;
    }
  /** The regeneration equals HEAD's bytes and the snapshot's differ: somebody edited the output itself. */
  | {
      readonly state: 'hand-edited';
      readonly path: string;
      readonly committed: Buffer;
      readonly regenerated: Buffer;
    }
  | { readonly state: 'missing'; readonly path: string; readonly regenerated: Buffer }
  /** No step makes it. */
  | { readonly state: 'orphan'; readonly path: string; readonly committed: Buffer };

/**
 * Compares the files that a step makes with those of the snapshot that are in its place, as sets, byte for byte.
 *
 * @param regenerated what the step made, by path
 * @param committed what the snapshot has in the step's place, by path: every path here that the step does not make is an orphan
 * @param head HEAD's bytes of those paths, as far as they are not the snapshot's own
 * @param fresh paths that are known to be the same on both sides
 * @returns one state for each path of either set, ordered by path
 */
export function compareOutputs(
  regenerated: ReadonlyMap<string, Buffer>,
  committed: ReadonlyMap<string, Buffer>,
  head: ReadonlyMap<string, Buffer>,
  fresh: ReadonlySet<string> = new Set(),
): readonly OutputState[] {
  const paths = [...new Set([...regenerated.keys(), ...committed.keys(), ...fresh])].sort();
  return paths.map((path) =>
    fresh.has(path)
      ? { state: 'fresh', path }
      : stateOf(path, regenerated.get(path), committed.get(path), head.get(path)),
  );
}

function stateOf(
  path: string,
  regenerated: Buffer | undefined,
  committed: Buffer | undefined,
  head: Buffer | undefined,
): OutputState {
  if (regenerated === undefined) return { state: 'orphan', path, committed: committed ?? Buffer.alloc(0) };
  if (committed === undefined) return { state: 'missing', path, regenerated };
  if (regenerated.equals(committed)) return { state: 'fresh', path };
  const state = head?.equals(regenerated) === true ? 'hand-edited' : 'stale';
  return { state, path, committed, regenerated };
}
