import type { DialectName } from '../config/project.ts';
import type { SqlcEntry } from '../config/sqlc-config.ts';
import type { SqlcSteps } from '../plan/steps.ts';
import type { QueryEvidence } from '../verdict/evidence.ts';
import { type QueryFile, readQueryFile } from './query-file.ts';

/** sqlc's word for a dialect, and ours. */
export const DIALECT_OF_ENGINE: Readonly<Record<SqlcEntry['engine'], DialectName>> = {
  postgresql: 'postgres',
  mysql: 'mysql',
  sqlite: 'sqlite',
};

/** The queries of each entry of a configuration; a file that several entries read is parsed once. */
export async function queryEvidence(
  { id, config, entries }: SqlcSteps,
  files: ReadonlyMap<string, Buffer>,
): Promise<readonly QueryEvidence[]> {
  const parsed = new Map<string, Promise<QueryFile>>();
  const read = (path: string, dialect: DialectName): Promise<QueryFile> => {
    const key = `${dialect}:${path}`;
    const known = parsed.get(key);
    if (known !== undefined) return known;
    const file = readQueryFile(path, files.get(path) ?? Buffer.alloc(0), dialect);
    parsed.set(key, file);
    return file;
  };
  return Promise.all(
    config.entries.map(async ({ engine, index }) => {
      const dialect = DIALECT_OF_ENGINE[engine];
      const queryFiles = entries[index]?.queryFiles ?? [];
      return {
        kind: 'queries' as const,
        id,
        dialect,
        files: await Promise.all(queryFiles.map((path) => read(path, dialect))),
      };
    }),
  );
}
