import { basename, dirname } from 'node:path/posix';
import { bytesDigest, filesPart } from '../cache/digest.ts';
import type { DialectName } from '../config/dialect-names.ts';
import { CheckError } from '../errors.ts';
import type { DerivedSteps } from '../plan/steps.ts';
import { overridesDir } from '../plan/targets.ts';
import type { Converted } from './convert/convert-schema.ts';
import type { SchemaMade } from './database-run.ts';
import { guarded, type StepRun, type Unmade } from './regeneration.ts';
import { sharedIfEqual } from './shared-bytes.ts';

/** The dialects that a schema can be converted to, by the dialect that it is written in. */
const CONVERSIONS: Readonly<Partial<Record<DialectName, DialectName>>> = { postgres: 'sqlite' };

/**
 * Runs the step `convert` on the whole regenerated schema of the database that this one is derived from.
 *
 * @param source the other database's whole schema, and where its sqlc schema stands
 *
 * A pair of dialects without a conversion is the failure `conversion-unsupported`.
 */
export async function convertDatabase(
  { input }: StepRun,
  steps: DerivedSteps,
  source: SchemaMade & { readonly dialect: DialectName; readonly path: string },
): Promise<SchemaMade | Unmade> {
  const dir = overridesDir(steps.target.sqlcSchema);
  return guarded(async () => {
    const { dialect } = steps.target;
    if (CONVERSIONS[source.dialect] !== dialect) {
      throw new CheckError(
        'conversion-unsupported',
        `A ${source.dialect} schema can't be converted to ${dialect}`,
        {
          hint: 'dbcheck converts postgres to sqlite: correct `derive` in the configuration',
        },
      );
    }
    const overrides = new Map(
      [...input.files]
        .filter(([path]) => dirname(path) === dir && path.endsWith('.sql'))
        .map(([path, bytes]) => [basename(path, '.sql'), { path, bytes }]),
    );
    const options = { path: source.path, overrides, overridesDir: dir, wideNumeric: 'text' } as const;
    const { sqlcSchema } = steps.target;
    const converted = await input.providers.memory.remembered<Converted>({
      step: 'convert',
      targets: [steps.id],
      inputs: async () => ({
        ...{ schema: bytesDigest(source.schema), path: source.path, dir, sqlcSchema },
        overrides: filesPart([...overrides.values()].map(({ path, bytes }) => [path, bytes] as const)),
      }),
      make: async () => {
        const { convertSchema } = await import('./convert/convert-schema.ts');
        return convertSchema(source.schema.toString(), options);
      },
      keep: (made) =>
        made.kind === 'made' ? { outputs: new Map([[sqlcSchema, Buffer.from(made.sql)]]), note: null } : null,
      revive: ({ outputs }) => ({ kind: 'made', sql: String(outputs.get(sqlcSchema) ?? '') }),
    });
    if (converted.kind === 'made') {
      const schema = sharedIfEqual(Buffer.from(converted.sql), input.files.get(sqlcSchema));
      return { kind: 'made', schema };
    }
    const { atSchemas } = await import('./convert/schema-places.ts');
    const schemaFiles = steps.target.schemaFiles.flatMap((path) => {
      const bytes = input.files.get(path);
      return bytes === undefined ? [] : [{ path, bytes }];
    });
    return { kind: 'refused', problems: await atSchemas(converted.problems, source.path, schemaFiles) };
  });
}
