import { bytesDigest, keyOf } from '../cache/digest.ts';
import { type FactMemory, NO_FACT_MEMORY } from '../cache/fact-memory.ts';
import { type QueryReader, readAnew } from '../sources/query-evidence.ts';
import type { ReadQueries } from '../sources/query-file.ts';
import { readQueryFile } from '../sources/read-query-file.ts';
import { sourceText } from '../sources/source-text.ts';

/**
 * A reader of query files that takes those from an earlier run whose bytes and dialect are the same. What a parser could
 * not read is read again each time.
 *
 * @param dir of the project, whose configurations are told apart from those of other projects by it
 */
export function knownQueries(facts: FactMemory, dir: string): QueryReader {
  // What nobody keeps is not held until the end either.
  if (facts === NO_FACT_MEMORY) return readAnew;
  return async (config) => {
    const name = ['queries', dir, config];
    const known = await facts.recall<ReadQueries>(name);
    const sure = new Map<string, ReadQueries>();
    return {
      async read({ path, bytes, dialect }) {
        const key = keyOf([dialect, bytesDigest(bytes)]);
        const earlier = known.get(key);
        const file =
          earlier === undefined
            ? await readQueryFile(path, bytes, dialect)
            : { path, bytes, dialect, source: sourceText(bytes.toString()), ...earlier };
        const { statements, problems } = file;
        if (statements.every((statement) => statement.facts !== null))
          sure.set(key, { statements, problems });
        return file;
      },
      async close() {
        if ([...sure.keys()].some((key) => !known.has(key))) await facts.keep(name, sure);
      },
    };
  };
}
