import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The schema of the example that the scenes change. */
export function keygenSchema(dialect: 'postgres' | 'mysql'): string {
  return `tools/atlas/schemas/${dialect}/keygen.hcl`;
}

/** Gives the customers a column that may be NULL. */
export async function addColumn(
  root: string,
  name: string,
  dialect: 'postgres' | 'mysql' = 'postgres',
): Promise<void> {
  const column = `  column "${name}" {\n    null = true\n    type = varchar(32)\n  }\n`;
  const next = '  column "country_code" {\n';
  await replaceIn(join(root, keygenSchema(dialect)), next, `${column}${next}`);
}

/** @throws Error if the text is not there, since the scene would then show something else */
export async function replaceIn(file: string, wanted: string, replacement: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (!text.includes(wanted)) throw new Error(`${file} has no "${wanted.trim()}" to change`);
  await writeFile(
    file,
    text.replace(wanted, () => replacement),
  );
}
