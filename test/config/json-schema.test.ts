import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { configJsonSchema } from '../../src/config/json-schema.ts';

const FILE = new URL('../../schema/dbcheck.config.schema.json', import.meta.url);

test('the shipped JSON Schema is the one that the definition makes', async () => {
  expect(await readFile(FILE, 'utf8'), 'run: npm run schema').toBe(configJsonSchema());
});

test.each([
  [{}, true],
  [{ $schema: 'x', schemas: 'db/{dialect}/{database}.hcl' }, true],
  [{ rules: { 'query/invalid': ['error', {}], 'schema/invalid': 'off' } }, true],
  [{ sqlcSchemas: { keygen: 'a.sql' } }, true],
  [{ steps: { extract: { command: 'x', inputs: [] } } }, true],
  [{ schema: 'x' }, false],
  [{ rules: { nonsense: 'off' } }, false],
  [{ migrations: { mode: 'versioned' } }, false],
  [{ ignore: [{ rule: 'query/invalid', path: 'a' }] }, false],
])('%j is valid by it: %s', (config, valid) => {
  const definition = z.fromJSONSchema(JSON.parse(configJsonSchema()));
  expect(definition.safeParse(config).success).toBe(valid);
});
