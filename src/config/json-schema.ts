import { z } from 'zod';
import { configDefinition } from './definition.ts';

/** The JSON Schema of a configuration, as the text of a file. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(configDefinition({ projectDir: '', env: null }), { io: 'input' });
  return `${JSON.stringify({ title: 'dbcheck configuration', ...schema }, null, 2)}\n`;
}
