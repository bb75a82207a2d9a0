import { basename } from 'node:path/posix';
import type { Project } from '../config/project.ts';
import { matchingSqlcConfigs } from '../config/sqlc-configs.ts';
import type { SnapshotEntry } from '../git/listing.ts';
import { findTargets } from './targets.ts';

/**
 * Whether HEAD's project is another one than the snapshot's, and still there: a first configuration in a folder below
 * makes a second project, and what the first one has generated is none of its business. One whose configuration moved
 * with its sources is the same project, which takes its outputs along.
 *
 * @param former the project as HEAD has it
 * @param entries the files of the snapshot
 */
export function standsBeside(
  former: Project,
  project: Project,
  entries: ReadonlyMap<string, SnapshotEntry>,
): boolean {
  if (former.dir === project.dir) return false;
  // A package.json stays where its key is gone.
  if (former.configFile !== null && basename(former.configFile) !== 'package.json') {
    return entries.has(former.configFile);
  }
  return (
    matchingSqlcConfigs(former, [...entries.values()]).length > 0 ||
    findTargets(former, entries, entries).some(({ schemaFiles }) => schemaFiles.length > 0)
  );
}
