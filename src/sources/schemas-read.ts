import type { HclFormat } from '../format/hcl-format.ts';
import type { DatabaseSteps } from '../plan/steps.ts';
import { readSchemaModel } from './read-schema-model.ts';
import type { SchemaFile, SchemaModel } from './schema-model.ts';

/** Up to how many databases are all held at once. A model takes ten times the memory of its text. */
const FEW = 64;

export interface SchemaInput {
  readonly files: ReadonlyMap<string, Buffer>;
  /** What Atlas says of the files. */
  readonly formatted: Promise<ReadonlyMap<string, HclFormat>>;
  /** Whether the visitor holds what it is given, so that nothing is won by reading one after the other. */
  readonly isHeld: boolean;
}

/**
 * Reads the HCL of databases, in order.
 *
 * @param visit takes what it needs of a model, which nobody holds after that
 */
export async function readSchemas(
  databases: readonly DatabaseSteps[],
  { files, formatted, isHeld }: SchemaInput,
  visit: (steps: DatabaseSteps, model: SchemaModel) => void,
): Promise<void> {
  const read = async ({ target }: DatabaseSteps): Promise<SchemaModel> =>
    readSchemaModel(target.schemaFiles.map((path) => ({ path, bytes: files.get(path) ?? Buffer.alloc(0) })));
  const look = (steps: DatabaseSteps, model: SchemaModel, exact: Awaited<SchemaInput['formatted']>): void =>
    visit(steps, { ...model, files: model.files.map((file) => withExactProblem(file, exact)) });
  if (databases.length <= FEW || isHeld) {
    // While Atlas is at work.
    const all = databases.map(async (steps) => ({ steps, model: await read(steps) }));
    const [models, exact] = await Promise.all([Promise.all(all), formatted]);
    for (const { steps, model } of models) look(steps, model, exact);
    return;
  }
  const exact = await formatted;
  for (const steps of databases) look(steps, await read(steps), exact);
}

/** Atlas's own parser is the stricter one, and knows better where a file stops being HCL. */
function withExactProblem(file: SchemaFile, formatted: ReadonlyMap<string, HclFormat>): SchemaFile {
  const result = formatted.get(file.path);
  if (result?.kind !== 'invalid') return file;
  const { line, column, message } = result;
  return { ...file, problem: { location: { path: file.path, line, column }, message } };
}
