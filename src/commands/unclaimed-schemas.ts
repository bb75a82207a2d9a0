import { DIALECTS, type Project } from '../config/project.ts';
import { isScanned, type ListedFile } from '../config/scanned-paths.ts';
import { matchSchema } from '../plan/matched-paths.ts';
import { isBelow } from '../plan/paths.ts';
import type { Observation } from '../rules/finding.ts';

/** Atlas's own configuration, which may lie beside the schemas. */
const ATLAS_CONFIG = /(^|\/)atlas\.hcl$/;

/**
 * The HCL files in the folder of the schemas that belong to no database. Where that folder is the project itself, HCL in it may
 * be anything.
 *
 * @param entries of a snapshot
 * @param paths those of them that are looked at
 */
export function unclaimedSchemas(
  project: Project,
  entries: ReadonlyMap<string, ListedFile>,
  paths: Iterable<string>,
): readonly Observation[] {
  const { literalFolder, source } = project.schemas;
  if (literalFolder === '' || literalFolder === project.dir) return [];
  const unmatched = [...paths]
    .filter((path) => /\.hcl$/i.test(path) && isBelow(path, literalFolder) && !ATLAS_CONFIG.test(path))
    .filter((path) => matchSchema(project, path) === null);
  if (unmatched.length === 0) return [];
  const cause = `\`schemas\` is ${source}, with the dialects ${DIALECTS.join(', ')}`;
  return unmatched.filter(isScanned([...entries.values()], project.dir)).map((path) => ({
    rule: 'config/unclaimed-schema',
    target: path,
    message: 'this HCL file is no schema of a database, so that nothing is made from it',
    location: { path, line: null, column: null },
    cause,
    diff: null,
    fix: 'move it to where `schemas` has it, or out of the folder',
  }));
}
