import { excerpt } from '../../verdict/excerpt.ts';
import type { Location } from '../../verdict/location.ts';
import type { Rule } from '../rule.ts';

/** A table or type stands in two databases of one sqlc package with different definitions. */
export const paritySharedObject: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'A table or type stands in several databases of one package, and differs.',
  check: (evidence) => {
    if (evidence.kind !== 'conflict') return [];
    const { kind, name, first, firstDefinition, second, secondDefinition } = evidence.conflict;
    return [
      {
        target: evidence.id,
        message: `${kind} ${name} is not the same in ${first} and ${second}, which share one sqlc package`,
        location: locationOf(evidence.schemaFiles, kind, name),
        cause: `one Go type stands for both; ${first} defines it first`,
        diff: excerpt(Buffer.from(secondDefinition), Buffer.from(firstDefinition)).diff,
        fix: `give both the same definition, or give one of them another name`,
      },
    ];
  },
};

function locationOf(
  files: readonly { readonly path: string; readonly bytes: Buffer }[],
  kind: 'table' | 'type',
  name: string,
): Location {
  const head = kind === 'table' ? `table "${name}"` : `enum "${name}"`;
  for (const { path, bytes } of files) {
    const index = bytes
      .toString()
      .split('\n')
      .findIndex((line) => line.trimStart().startsWith(head));
    if (index !== -1) return { path, line: index + 1, column: 1 };
  }
  return { path: files[0]?.path ?? '', line: null, column: null };
}
