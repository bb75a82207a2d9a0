import { readHcl } from '../format/hcl-structure.ts';
import type { DatabaseDefaults, SchemaSource } from './dialect.ts';

/** The charset and collation that the first `schema` block of a schema names, which its database must have. */
export async function databaseDefaults(sources: readonly SchemaSource[]): Promise<DatabaseDefaults> {
  for (const { bytes } of sources) {
    const schema = (await readHcl(bytes)).blocks.find(({ type }) => type === 'schema');
    if (schema === undefined) continue;
    const text = (wanted: string): string | undefined => {
      const value = schema.attributes.find(({ name }) => name === wanted)?.value;
      return value?.kind === 'string' ? value.text : undefined;
    };
    return { charset: text('charset'), collation: text('collate') };
  }
  return {};
}
