import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../../src/process/run.ts';

/**
 * Runs the sqlc that this repository pins.
 *
 * @param folder where schemas and queries are, and where it writes
 * @param entries the items of the configuration's `sql`; sqlc works on them side by side
 * @throws Error with what sqlc says where it refuses them
 */
export async function sqlcGenerate(folder: string, entries: readonly object[]): Promise<void> {
  const module = fileURLToPath(new URL('../../../tools/sqlc', import.meta.url));
  const found = await run('go', ['tool', '-n', 'sqlc'], { cwd: module, env: process.env });
  await writeFile(join(folder, 'sqlc.json'), JSON.stringify({ version: '2', sql: entries }));
  // Its SQLite parser makes garbage faster than Go likes to collect it: half of the time goes there.
  const env = { ...process.env, GOGC: '800' };
  const { exitCode, stderr } = await run(found.stdout.toString().trim(), ['generate'], { cwd: folder, env });
  if (exitCode !== 0) throw new Error(`sqlc: exit ${exitCode}\n${found.stderr}${stderr}`);
}
