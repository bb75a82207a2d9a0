import { keyOf } from './digest.ts';
import { readEntry, writeEntry } from './store.ts';

/**
 * Small facts of earlier runs, each known by a digest of all that it depends on. Those that are asked together lie
 * together under a name, in one entry that the next run replaces.
 */
export interface FactMemory {
  /** All that is kept under a name, by key. The run that kept it was of the same dbcheck, which the type relies on. */
  recall<T>(name: readonly string[]): Promise<ReadonlyMap<string, T>>;
  /** Keeps these in place of what was kept under the name; each fact has to come back from JSON as it is. */
  keep<T>(name: readonly string[], facts: ReadonlyMap<string, T>): Promise<void>;
}

/** The memory of a run that takes nothing from earlier ones and leaves nothing. */
export const NO_FACT_MEMORY: FactMemory = {
  recall: async () => new Map(),
  keep: async () => {},
};

/**
 * A memory that keeps facts in a store. One that can't be written costs time and nothing else.
 *
 * @param identity what dbcheck is, as a part of every key
 */
export function factMemory(folder: string, identity: string): FactMemory {
  const entryKey = (name: readonly string[]): string => keyOf({ identity, facts: name });
  return {
    async recall(name) {
      const content = await readEntry(folder, 'facts', entryKey(name));
      return new Map(content === null ? [] : JSON.parse(content.toString()));
    },
    async keep(name, facts) {
      const content = Buffer.from(JSON.stringify([...facts]));
      await writeEntry(folder, 'facts', entryKey(name), content).catch(() => undefined);
    },
  };
}
