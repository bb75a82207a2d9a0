import { dirname } from 'node:path/posix';
import type { DialectName } from '../config/dialect-names.ts';
import { comparePaths } from '../git/path-bytes.ts';
import type { DatabaseTarget } from '../plan/targets.ts';
import type { SourceFile } from '../steps/step-result.ts';
import { sqlPieces } from './sql-pieces.ts';

/**
 * The files of a target's migrations folder that its snapshot has, in the order in which Atlas runs them; those in
 * folders below it and `atlas.sum` are left out.
 */
export function migrationsIn(
  { migrationsDir, migrationFiles }: DatabaseTarget,
  files: ReadonlyMap<string, Buffer>,
): readonly SourceFile[] {
  return migrationFiles
    .filter((path) => dirname(path) === migrationsDir && path !== `${migrationsDir}/atlas.sum`)
    .toSorted(comparePaths)
    .flatMap((path) => {
      const bytes = files.get(path);
      return bytes === undefined ? [] : [{ path, bytes }];
    });
}

/** Whether SQL has anything in it besides comments and semicolons. */
export function hasStatement(bytes: Buffer, dialect: DialectName): boolean {
  for (const { kind } of sqlPieces(new TextDecoder().decode(bytes), dialect))
    if (kind === 'code') return true;
  return false;
}
