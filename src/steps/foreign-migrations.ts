import { CheckError } from '../errors.ts';
import { displayPath } from '../git/path-bytes.ts';
import { baselines } from '../plan/baseline.ts';
import type { DatabaseTarget } from '../plan/targets.ts';

/** A tool whose migrations are not plain SQL that Atlas runs from its first line to its last. */
interface MigrationTool {
  readonly name: string;
  /** The names of files that it alone has; null where its files are known by what stands in them. */
  readonly file: RegExp | null;
  /** What begins a line of its files; null where they are known by their names. */
  readonly mark: RegExp | null;
}

/** A lone `1_init.up.sql` or `V1__init.sql` is as good a name for a baseline of Atlas, and stays one. */
const TOOLS: readonly MigrationTool[] = [
  { name: 'golang-migrate', file: /\.down\.sql$/, mark: null },
  { name: 'Flyway', file: /^(U[\d._]+|R)__[^/]*\.sql$/, mark: null },
  { name: 'goose', file: null, mark: /^--\s*\+goose\s+up\b/im },
  { name: 'dbmate', file: null, mark: /^--\s*migrate:up\b/m },
  { name: 'Liquibase', file: null, mark: /^--\s*liquibase formatted sql\b/im },
];

/**
 * Makes sure that a migrations folder is Atlas's: the files of another tool would be taken for baselines, and a
 * regeneration would write over what that tool needs in them, or write the schema into the file that undoes it.
 *
 * @param files the snapshot's bytes of the folder's files
 * @throws CheckError `migrations-of-another-tool` at the file, and at its line where that tells
 */
export function requireAtlasMigrations(target: DatabaseTarget, files: ReadonlyMap<string, Buffer>): void {
  for (const path of baselines(target, target.migrationFiles)) {
    const name = path.slice(target.migrationsDir.length + 1);
    const text = files.get(path)?.toString() ?? '';
    for (const tool of TOOLS) {
      if (tool.file?.test(name) === true) throw foreign(target, tool, { path });
      const found = tool.mark?.exec(text);
      if (found != null) throw foreign(target, tool, { path, line: lineAt(text, found.index) });
    }
  }
}

function foreign(
  { migrationsDir }: DatabaseTarget,
  { name }: MigrationTool,
  place: { readonly path: string; readonly line?: number },
): CheckError {
  return new CheckError(
    'migrations-of-another-tool',
    `${displayPath(migrationsDir)} holds migrations of ${name}, and dbcheck writes those of Atlas alone`,
    {
      place,
      hint: `leave these to ${name}, and name another folder in \`migrations.dir\`, where dbcheck keeps the one baseline`,
    },
  );
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
