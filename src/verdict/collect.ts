import { basename } from 'node:path';
import type { SqlcSteps } from '../plan/steps.ts';
import type { DatabaseTarget } from '../plan/targets.ts';
import { atlasSum } from '../steps/atlas-sum.ts';
import type { Regenerated } from '../steps/regeneration.ts';
import type { DatabaseEvidence, DerivedEvidence, SqlcEvidence } from './evidence.ts';
import { compareOutputs, type OutputState } from './output-state.ts';
import { sqlcHeader } from './sqlc-header.ts';

/** The bytes that an output is held against. */
export interface Trees {
  /** The snapshot's bytes by path. */
  readonly committed: ReadonlyMap<string, Buffer>;
  /** HEAD's bytes by path, of what the snapshot has otherwise. */
  readonly head: ReadonlyMap<string, Buffer>;
}

/**
 * Holds a database's migrations folder and sqlc schema against what its steps made.
 *
 * @param outputs what `plan` and `extract` made, by path
 * @param extracts whether `extract` is one of its steps
 */
export function databaseEvidence(
  target: DatabaseTarget,
  baseline: string,
  outputs: ReadonlyMap<string, Buffer>,
  extracts: boolean,
  trees: Trees,
): DatabaseEvidence {
  const planned = new Map([...outputs].filter(([path]) => path !== target.sqlcSchema));
  const extracted = new Map([...outputs].filter(([path]) => path === target.sqlcSchema));
  const folder = only(trees.committed, target.migrationFiles);
  const schema = only(trees.committed, [target.sqlcSchema]);
  return {
    kind: 'database',
    id: target.id,
    target,
    baseline,
    migrations: compareOutputs(planned, folder, trees.head),
    checksumFits: checksumFits(target, folder),
    sqlcSchema: extracts ? (compareOutputs(extracted, schema, trees.head)[0] ?? null) : null,
  };
}

/** Holds a converted sqlc schema against what the conversion made. */
export function derivedEvidence(
  target: DatabaseTarget,
  from: string,
  outputs: ReadonlyMap<string, Buffer>,
  trees: Trees,
): DerivedEvidence {
  const committed = only(trees.committed, [target.sqlcSchema]);
  const [sqlcSchema] = compareOutputs(outputs, committed, trees.head);
  return {
    ...{ kind: 'derived', id: target.id, target, from },
    sqlcSchema: sqlcSchema ?? { state: 'fresh', path: target.sqlcSchema },
  };
}

function checksumFits(target: DatabaseTarget, folder: ReadonlyMap<string, Buffer>): boolean | null {
  const sum = folder.get(`${target.migrationsDir}/atlas.sum`);
  if (sum === undefined) return null;
  const direct = [...folder].filter(([path]) => path === `${target.migrationsDir}/${basename(path)}`);
  return atlasSum(new Map(direct.map(([path, bytes]) => [basename(path), bytes]))).equals(sum);
}

/**
 * Holds generated code against what sqlc made.
 *
 * @param marked marked files in the configuration's output folders that no configuration makes
 */
export function sqlcEvidence(
  steps: SqlcSteps,
  made: Extract<Regenerated, { kind: 'made' }>,
  marked: readonly string[],
  sqlcVersion: string | null,
  trees: Trees,
): SqlcEvidence {
  const committed = only(trees.committed, [...made.outputs.keys(), ...marked]);
  return {
    kind: 'sqlc',
    id: steps.id,
    steps,
    outputs: compareOutputs(made.outputs, committed, trees.head, made.fresh).map((output) =>
      ofAnotherVersion(output, sqlcVersion),
    ),
    collisions: made.collisions,
    sqlcVersion,
  };
}

/** Code that another sqlc made is stale: nobody edited it, though HEAD has what the pinned one makes. */
function ofAnotherVersion(output: OutputState, sqlcVersion: string | null): OutputState {
  if (output.state !== 'hand-edited' || sqlcVersion === null) return output;
  const header = sqlcHeader(output.committed);
  return header === null || header.version === sqlcVersion ? output : { ...output, state: 'stale' };
}

function only(files: ReadonlyMap<string, Buffer>, paths: readonly string[]): ReadonlyMap<string, Buffer> {
  return new Map(
    paths.flatMap((path) => {
      const bytes = files.get(path);
      return bytes === undefined ? [] : [[path, bytes] as const];
    }),
  );
}
