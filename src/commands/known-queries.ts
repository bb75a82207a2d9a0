import { bytesDigest, keyOf } from '../cache/digest.ts';
import type { FactMemory } from '../cache/fact-memory.ts';
import type { QueryReader } from '../sources/query-evidence.ts';
import { type ReadQueries, readQueryFile } from '../sources/query-file.ts';
import { sourceText } from '../sources/source-text.ts';

/**
 * A reader of query files that takes those from an earlier run whose bytes and dialect are the same. What a parser could
 * not read is read again each time.
 *
 * @param dir of the project, whose configurations are told apart from those of other projects by it
 */
export function knownQueries(facts: FactMemory, dir: string): QueryReader {
  return async (config, files) => {
    const name = ['queries', dir, config];
    const known = await facts.recall<ReadQueries>(name);
    const read = await Promise.all(
      files.map(async ({ path, bytes, dialect }) => {
        const key = keyOf([dialect, bytesDigest(bytes)]);
        const earlier = known.get(key);
        const file =
          earlier === undefined
            ? await readQueryFile(path, bytes, dialect)
            : { path, bytes, dialect, source: sourceText(bytes.toString()), ...earlier };
        return { key, file };
      }),
    );
    const sure = read.filter(({ file }) => file.statements.every((statement) => statement.facts !== null));
    if (sure.some(({ key }) => !known.has(key))) {
      const kept = sure.map(({ key, file: { statements, problems } }): [string, ReadQueries] => [
        key,
        { statements, problems },
      ]);
      await facts.keep(name, new Map(kept));
    }
    return read.map(({ file }) => file);
  };
}
