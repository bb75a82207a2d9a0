import { isDeepStrictEqual } from 'node:util';
import { type KeyPart, keyOf } from './digest.ts';
import { readEntry, writeEntry } from './store.ts';

/** Values that follow from bytes alone, kept from one run to the next. */
export interface ValueMemory {
  /**
   * What an earlier run made of the same, else what is made now.
   *
   * @param of everything that the value follows from, besides dbcheck itself
   * @param make of a value that JSON can hold; another one is made each time, as is one whose entry is damaged
   */
  remembered<T>(of: KeyPart, make: () => Promise<T>): Promise<T>;
}

/** The memory of a run that takes nothing from earlier ones and leaves nothing. */
export const NO_VALUES: ValueMemory = { remembered: (_, make) => make() };

/**
 * A memory that keeps values in the files of a store.
 *
 * @param identity what dbcheck is, as a part of every key: so the shape of what is read is the one that was written
 */
export function valueMemory(folder: string, identity: string): ValueMemory {
  return {
    async remembered<T>(of: KeyPart, make: () => Promise<T>) {
      const key = keyOf({ identity, of });
      const content = await readEntry(folder, 'value', key);
      if (content !== null) {
        const kept: T = JSON.parse(content.toString());
        return kept;
      }
      const made = await make();
      const text = JSON.stringify(made);
      if (!isDeepStrictEqual(JSON.parse(text), made)) return made;
      // A store that can't be written costs time and nothing else.
      await writeEntry(folder, 'value', key, Buffer.from(text)).catch(() => undefined);
      return made;
    },
  };
}
