import type { Evidence, SchemaEvidence } from '../../verdict/evidence.ts';

/**
 * The schema of a database where all of it is known. A file that isn't HCL is for `schema/invalid` alone: what is
 * missing may stand in the part that could not be read. So may what Atlas computes.
 *
 * @returns null where the evidence is another one, or not all is known
 */
export function wholeSchema(evidence: Evidence): SchemaEvidence | null {
  if (evidence.kind !== 'schema') return null;
  const { files, computed } = evidence.model;
  return computed || files.some(({ problem }) => problem !== null) ? null : evidence;
}
