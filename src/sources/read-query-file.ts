import type { DialectName } from '../config/dialect-names.ts';
import type { QueryFile } from './query-file.ts';
import { sourceText } from './source-text.ts';

/**
 * Reads a query file. Nothing that it can hold makes this throw.
 *
 * @param path relative to the git root
 */
export async function readQueryFile(path: string, bytes: Buffer, dialect: DialectName): Promise<QueryFile> {
  const source = sourceText(bytes.toString());
  const read =
    dialect === 'postgres'
      ? await import('./postgres-queries.ts').then(({ readPostgresQueries }) => readPostgresQueries(source))
      : await import('./token-queries.ts').then(({ readTokenQueries }) => readTokenQueries(source, dialect));
  return { path, bytes, dialect, source, ...read };
}
