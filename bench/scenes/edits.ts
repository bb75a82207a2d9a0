import type { Repository } from '../setting.ts';

/** What stands for a target in the bench: those that Atlas plans. */
export const ATLAS_TARGETS = [
  'postgres/keygen',
  'postgres/sign',
  'postgres/watch',
  'mysql/keygen',
  'mysql/sign',
  'mysql/watch',
] as const;
export type AtlasTarget = (typeof ATLAS_TARGETS)[number];

export function schemaOf(target: string): string {
  return `tools/atlas/schemas/${target}.hcl`;
}

/**
 * Gives the first table of a schema a column that may be NULL.
 *
 * @param round makes its name another one, so that no earlier run has seen it
 */
export async function addColumn(
  repository: Pick<Repository, 'read' | 'write'>,
  target: string,
  round: number,
): Promise<void> {
  const path = schemaOf(target);
  const text = await repository.read(path);
  const column = `  column "added_${round}" {\n    null = true\n    type = varchar(32)\n  }\n`;
  const at = text.indexOf('  column "');
  if (at === -1) throw new Error(`${path} has no column`);
  await repository.write(path, `${text.slice(0, at)}${column}${text.slice(at)}`);
}

/** Changes a schema in a way that changes nothing that is generated from it. */
export async function addComment(
  { read, write }: Pick<Repository, 'read' | 'write'>,
  target: string,
): Promise<void> {
  const path = schemaOf(target);
  await write(path, `${await read(path)}\n# Changed by hand.\n`);
}
