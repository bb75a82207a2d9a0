import type { DialectName } from '../config/dialect-names.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import type { IgnoreCommentsEvidence } from '../verdict/evidence.ts';
import { hclIgnoreComments, sqlIgnoreComments } from './ignore-comments.ts';
import { DIALECT_OF_ENGINE } from './query-evidence.ts';

/** The ignore comments in the schemas and queries of some targets; a file of two of them counts for the first. */
export async function commentEvidence(
  targets: readonly PlannedTarget[],
  files: ReadonlyMap<string, Buffer>,
): Promise<readonly IgnoreCommentsEvidence[]> {
  const seen = new Set<string>();
  const isNew = (path: string): boolean => !seen.has(path) && seen.add(path).has(path);
  const commented: IgnoreCommentsEvidence[] = [];
  for (const target of targets) {
    const sources = sourcesOf(target).filter(({ path }) => isNew(path));
    const comments = await Promise.all(
      sources.map(({ path, dialect }) => {
        const bytes = files.get(path) ?? Buffer.alloc(0);
        return dialect === null ? hclIgnoreComments(path, bytes) : sqlIgnoreComments(path, bytes, dialect);
      }),
    );
    if (comments.flat().length > 0)
      commented.push({ kind: 'ignore-comments', id: target.id, comments: comments.flat() });
  }
  return commented;
}

/** The dialect of a query file; null for HCL. */
function sourcesOf(
  target: PlannedTarget,
): readonly { readonly path: string; readonly dialect: DialectName | null }[] {
  if (target.kind !== 'sqlc') return target.target.schemaFiles.map((path) => ({ path, dialect: null }));
  return target.entries.flatMap(({ queryFiles }, index) => {
    const dialect = DIALECT_OF_ENGINE[target.config.entries[index]?.engine ?? 'postgresql'];
    return queryFiles.map((path) => ({ path, dialect }));
  });
}
