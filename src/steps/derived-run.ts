import { basename, dirname } from 'node:path/posix';
import type { DerivedSteps } from '../plan/steps.ts';
import { overridesDir } from '../plan/targets.ts';
import type { SchemaMade } from './database-run.ts';
import { guarded, type StepRun, type Unmade } from './regeneration.ts';

/**
 * Runs the step `convert` on the whole regenerated schema of the database that this one is derived from.
 *
 * @param source the sqlc schema that the other database's file would be
 */
export async function convertDatabase(
  { input }: StepRun,
  steps: DerivedSteps,
  source: SchemaMade & { readonly path: string },
): Promise<SchemaMade | Unmade> {
  const dir = overridesDir(steps.target.sqlcSchema);
  return guarded(async () => {
    const { convertSchema } = await import('./convert/convert-schema.ts');
    const overrides = new Map(
      [...input.files]
        .filter(([path]) => dirname(path) === dir && path.endsWith('.sql'))
        .map(([path, bytes]) => [basename(path, '.sql'), { path, bytes }]),
    );
    const converted = await convertSchema(source.schema, {
      path: source.path,
      overrides,
      overridesDir: dir,
      wideNumeric: 'text',
    });
    return converted.kind === 'made' ? { kind: 'made', schema: converted.sql } : converted;
  });
}
