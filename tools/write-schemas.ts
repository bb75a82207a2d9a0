import { mkdir, writeFile } from 'node:fs/promises';
import { configJsonSchema } from '../src/config/json-schema.ts';
import { reportJsonSchema } from '../src/report/json-definition.ts';

const folder = new URL('../schema/', import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL('dbcheck.config.schema.json', folder), configJsonSchema());
await writeFile(new URL('dbcheck.report.schema.json', folder), reportJsonSchema());
