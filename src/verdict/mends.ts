import { basename } from 'node:path';
import type { FileWrite } from '../git/file-write.ts';
import type { Evidence } from './evidence.ts';
import type { OutputState } from './output-state.ts';

/**
 * What `fix` has to write and delete so that the outputs are what the steps made. Only paths that a step owns are
 * touched: a file of people's in a migrations folder stays.
 */
export function mendsOf(evidence: readonly Evidence[]): readonly FileWrite[] {
  const mends = new Map<string, FileWrite>();
  for (const mend of evidence.flatMap(mendsOfTarget)) mends.set(mend.path, mend);
  return [...mends.values()];
}

function mendsOfTarget(evidence: Evidence): readonly FileWrite[] {
  switch (evidence.kind) {
    case 'database': {
      const owned = evidence.migrations.filter(
        (output) => output.state !== 'orphan' || isMigration(output.path),
      );
      return [...owned, ...(evidence.sqlcSchema === null ? [] : [evidence.sqlcSchema])].flatMap(mendOf);
    }
    case 'sqlc':
      return evidence.outputs.flatMap(mendOf);
    case 'removed':
      return [
        ...evidence.migrations.filter(({ path }) => isMigration(path)),
        ...(evidence.sqlcSchema === null ? [] : [evidence.sqlcSchema]),
      ].map(({ path }) => ({ kind: 'delete', path }));
    case 'removed-sqlc':
      return evidence.orphans.map(({ path }) => ({ kind: 'delete', path }));
    default:
      return [];
  }
}

function isMigration(path: string): boolean {
  return path.endsWith('.sql') || basename(path) === 'atlas.sum';
}

function mendOf(output: OutputState): readonly FileWrite[] {
  switch (output.state) {
    case 'fresh':
      return [];
    case 'orphan':
      return [{ kind: 'delete', path: output.path }];
    default:
      return [{ kind: 'write', path: output.path, bytes: output.regenerated }];
  }
}
