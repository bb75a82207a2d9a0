import { DIALECTS } from '../config/dialect-names.ts';
import type { Project } from '../config/project.ts';
import { FOREIGN_FOLDERS } from '../config/scanned-paths.ts';
import { matchSchema } from '../plan/matched-paths.ts';
import { isBelow } from '../plan/paths.ts';
import type { Observation } from '../rules/finding.ts';

/** Atlas's own configuration, which may lie beside the schemas. */
const ATLAS_CONFIG = /(^|\/)atlas\.hcl$/;

/**
 * The HCL files in the folder of the schemas that belong to no database. Where that folder is the project itself, HCL in it may
 * be anything.
 *
 * @param paths of a snapshot, or those of them that changed
 */
export function unclaimedSchemas(project: Project, paths: Iterable<string>): readonly Observation[] {
  const { literalFolder, source } = project.schemas;
  if (literalFolder === '' || literalFolder === project.dir) return [];
  const cause = `\`schemas\` is ${source}, with the dialects ${DIALECTS.join(', ')}`;
  return [...paths]
    .filter((path) => /\.hcl$/i.test(path) && isBelow(path, literalFolder) && !ATLAS_CONFIG.test(path))
    .filter((path) => !path.split('/').some((folder) => FOREIGN_FOLDERS.has(folder)))
    .filter((path) => matchSchema(project, path) === null)
    .map((path) => ({
      rule: 'config/unclaimed-schema',
      target: path,
      message: 'this HCL file is no schema of a database, so that nothing is made from it',
      location: { path, line: null, column: null },
      cause,
      diff: null,
      fix: 'move it to where `schemas` has it, or out of the folder',
    }));
}
