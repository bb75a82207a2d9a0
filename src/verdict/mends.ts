import type { FileWrite } from '../git/file-write.ts';
import { isMigrationFile } from '../plan/baseline.ts';
import { isBelow } from '../plan/paths.ts';
import type { Evidence } from './evidence.ts';
import type { OutputState } from './output-state.ts';

/**
 * What `fix` has to write and delete so that the outputs are what the steps made. Only paths that a step owns are
 * touched: a file of people's in a migrations folder stays.
 *
 * @param accepted paths that stay as they are, since all that there is to say of them is switched off or ignored
 * @param unmerged the snapshot's bytes of outputs that are in conflict: one that is fresh is written all the same
 */
export function mendsOf(
  evidence: readonly Evidence[],
  accepted: ReadonlySet<string>,
  unmerged: ReadonlyMap<string, Buffer> = new Map(),
): readonly FileWrite[] {
  const mends = new Map<string, FileWrite>();
  for (const mend of evidence.flatMap((found) => withoutAccepted(found, accepted, unmerged)))
    mends.set(mend.path, mend);
  return [...mends.values()];
}

function withoutAccepted(
  evidence: Evidence,
  accepted: ReadonlySet<string>,
  unmerged: ReadonlyMap<string, Buffer>,
): readonly FileWrite[] {
  const mends = mendsOfTarget(evidence, (output) => mendOf(output, unmerged.get(output.path)));
  const left = mends.filter(({ path }) => !accepted.has(path));
  if (evidence.kind !== 'database' && evidence.kind !== 'removed' && evidence.kind !== 'moved') return left;
  const migrations = mends.map(({ path }) => path).filter((path) => path.endsWith('.sql'));
  const { migrationsDir } = evidence.target;
  if (!migrations.some((path) => accepted.has(path) && isBelow(path, migrationsDir))) return left;
  // A checksum file of the regenerated folder would not fit the migration that stays.
  return left.filter(({ path }) => path !== `${migrationsDir}/atlas.sum`);
}

function mendsOfTarget(
  evidence: Evidence,
  mendOf: (output: OutputState) => readonly FileWrite[],
): readonly FileWrite[] {
  switch (evidence.kind) {
    case 'database':
      return [
        ...evidence.migrations.filter(
          ({ state, path }) => state !== 'orphan' || isMigrationFile(evidence.target, path),
        ),
        ...(evidence.sqlcSchema === null ? [] : [evidence.sqlcSchema]),
      ].flatMap(mendOf);
    case 'derived':
      return mendOf(evidence.sqlcSchema);
    case 'sqlc':
      return evidence.outputs.flatMap(mendOf);
    case 'removed':
    case 'moved':
      return [
        ...evidence.migrations.filter(({ path }) => isMigrationFile(evidence.target, path)),
        ...(evidence.sqlcSchema === null ? [] : [evidence.sqlcSchema]),
      ].map(({ path }) => ({ kind: 'delete', path }));
    case 'removed-sqlc':
      return evidence.orphans.map(({ path }) => ({ kind: 'delete', path }));
    default:
      return [];
  }
}

function mendOf(output: OutputState, unmerged: Buffer | undefined): readonly FileWrite[] {
  switch (output.state) {
    case 'fresh':
      return unmerged === undefined ? [] : [{ kind: 'write', path: output.path, bytes: unmerged }];
    case 'orphan':
      return [{ kind: 'delete', path: output.path }];
    default:
      return [{ kind: 'write', path: output.path, bytes: output.regenerated }];
  }
}
