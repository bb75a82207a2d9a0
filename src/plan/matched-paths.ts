import type { DialectName } from '../config/dialect-names.ts';
import type { Project } from '../config/project.ts';
import { folderAt, isBelow } from './paths.ts';

/** The folder form of a schema template: `{database}.hcl` may as well be a folder `{database}/`. */
const SCHEMA_EXTENSION = '.hcl';

/** The database whose schema a path belongs to, as a file or in a folder. */
export function matchSchema(
  project: Project,
  path: string,
): { dialect: DialectName; database: string } | null {
  if (!path.endsWith(SCHEMA_EXTENSION)) return null;
  const file = project.schemas.match(path);
  if (file !== null) return file;
  const folder = path.slice(0, path.lastIndexOf('/'));
  return project.schemas.match(
    project.schemas.source.endsWith(SCHEMA_EXTENSION) ? folder + SCHEMA_EXTENSION : folder,
  );
}

/** The database in whose migrations folder a path lies. */
export function matchMigration(
  project: Project,
  path: string,
): { dialect: DialectName; database: string } | null {
  if (!isBelow(path, project.migrations.dir.literalFolder)) return null;
  const folder = folderAt(path, project.migrations.dir.depth);
  return folder === undefined ? null : project.migrations.dir.match(folder);
}

/** The database whose sqlc schema stands at a path. */
export function matchSqlcSchema(
  project: Project,
  path: string,
): { dialect: DialectName; database: string } | null {
  const { template, names } = project.sqlcSchemas;
  if (names === null) return template.match(path);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (!folder.startsWith(template.literalFolder)) return null;
  for (const [database, name] of names) {
    if (!path.endsWith(`/${name}`)) continue;
    const found = template.match(`${path.slice(0, -name.length)}${database}.sql`);
    if (found !== null) return found;
  }
  return null;
}
