import { CheckError } from '../../errors.ts';
import type { SourceProblem } from '../step-result.ts';
import type { SchemaPart } from './write-table.ts';

/**
 * Makes the schema in a real SQLite, in memory: what it can't make is not accepted.
 *
 * @param path the Postgres schema that was converted, to say where a fault of the conversion shows
 * @returns what SQLite says about parts that people wrote
 * @throws CheckError `convert-failed` where SQLite refuses what was converted
 */
export async function runInSqlite(
  parts: readonly SchemaPart[],
  path: string,
): Promise<readonly SourceProblem[]> {
  const { default: sqlite } = await import('node-sqlite3-wasm');
  const db = new sqlite.Database();
  try {
    db.exec('PRAGMA foreign_keys = ON');
    for (const { sql, handwritten } of parts) {
      const refusal = refusalOf(() => db.exec(sql));
      if (refusal === null) continue;
      if (handwritten !== null) {
        return [{ path: handwritten, line: 1, column: 1, message: `SQLite refuses it: ${refusal}` }];
      }
      throw new CheckError(
        'convert-failed',
        `SQLite refuses what ${path} was converted to: ${refusal}\n${sql}`,
        {
          place: { path },
        },
      );
    }
    const mismatch = refusalOf(() => db.all('PRAGMA foreign_key_check'));
    if (mismatch === null) return [];
    throw new CheckError('convert-failed', `SQLite refuses what ${path} was converted to: ${mismatch}`, {
      place: { path },
    });
  } finally {
    db.close();
  }
}

function refusalOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
