import type { Project } from '../config/project.ts';
import type { SqlcConfig } from '../config/sqlc-config.ts';
import { isMigrationFile } from './baseline.ts';
import { matchMigration, matchSqlcSchema } from './matched-paths.ts';
import type { TreePaths } from './paths.ts';
import { planSteps, type StepGraph } from './steps.ts';
import { type DatabaseTarget, findTargets } from './targets.ts';

/** What HEAD's configuration had made at another place than the snapshot's one, and the snapshot still has there. */
export interface MovedDatabase {
  /** As HEAD's configuration lays it out. */
  readonly target: DatabaseTarget;
  readonly migrations: readonly string[];
  readonly sqlcSchema: string | null;
}

/** A tree as its own configuration lays it out. */
interface FormerTree {
  readonly project: Project;
  readonly configs: readonly SqlcConfig[];
  readonly paths: TreePaths;
}

/**
 * The outputs of HEAD that stand where the snapshot's templates no longer look: whoever moves a template has to take
 * them along. What something of the snapshot reads is not left behind: people keep it from now on.
 *
 * @param graph the snapshot's targets
 * @param present every path of the snapshot
 */
export function movedDatabases(
  project: Project,
  graph: StepGraph,
  present: TreePaths,
  head: FormerTree,
): readonly MovedDatabase[] {
  if (hasSameTemplates(project, head.project)) return [];
  const read = new Set(
    graph.targets.flatMap((target) =>
      target.kind === 'sqlc' ? [...target.queryFiles, ...target.schemaFiles] : target.target.schemaFiles,
    ),
  );
  const isLeft = (path: string): boolean =>
    present.has(path) &&
    !read.has(path) &&
    matchMigration(project, path) === null &&
    matchSqlcSchema(project, path) === null;
  const targets = findTargets(head.project, head.paths, head.paths);
  const former = planSteps(head.project, targets, head.configs, head.paths);
  return former.targets.flatMap((found): readonly MovedDatabase[] => {
    if (found.kind === 'sqlc') return [];
    const { target } = found;
    const wasMade = found.kind !== 'database' || found.steps.includes('extract');
    const migrations = target.migrationFiles.filter((path) => isMigrationFile(target, path) && isLeft(path));
    const sqlcSchema = wasMade && isLeft(target.sqlcSchema) ? target.sqlcSchema : null;
    return migrations.length === 0 && sqlcSchema === null ? [] : [{ target, migrations, sqlcSchema }];
  });
}

/** What one of these templates matches, the other matches too. */
function hasSameTemplates(one: Project, other: Project): boolean {
  return (
    one.dir === other.dir &&
    one.migrations.dir.source === other.migrations.dir.source &&
    // What a map of names leaves out is matched by none of them.
    one.sqlcSchemas.names === null &&
    other.sqlcSchemas.names === null &&
    one.sqlcSchemas.template.source === other.sqlcSchemas.template.source
  );
}
