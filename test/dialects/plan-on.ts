import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DevServer } from '../../src/devdb/dev-server.ts';
import { mysql } from '../../src/dialects/mysql.ts';
import { foreignEnvironment } from '../../src/process/environment.ts';
import { run } from '../../src/process/run.ts';
import type { Scratch } from '../../src/process/scratch.ts';

export interface PlanningTools {
  readonly scratch: Scratch;
  readonly server: DevServer;
  /** The path of the binary. */
  readonly atlas: string;
}

let count = 0;

/** Plans a schema on MariaDB and returns what MySQL 8 is claimed to plan; replays that, and returns it again. */
export async function planThroughMariadb(
  hcl: string,
  { scratch, server, atlas }: PlanningTools,
): Promise<{ readonly planned: string; readonly replayed: string }> {
  const translate = mysql.standIns?.MariaDB;
  if (translate === undefined) throw new Error('nothing stands in for MySQL');
  const words = await translate([{ path: 'schema.hcl', bytes: Buffer.from(hcl) }]);
  count += 1;
  const folder = await scratch.folder(`plan/${count}`);
  const database = () => server.createDatabase('plan', { qualified: false, ...words.database });
  await writeFile(join(folder, 'schema.hcl'), words.sources[0]?.bytes ?? '');
  const format = '{{ sql . "  " }}';
  const call = async (...args: string[]) => {
    const result = await run(atlas, args, { cwd: folder, env: foreignEnvironment(folder) });
    if (result.exitCode !== 0) throw new Error(`atlas ${args[0]} ${args[1]}: ${result.stderr}`);
    return result.stdout.toString();
  };
  await call(
    ...['migrate', 'diff', 'baseline', '--dir', 'file://migrations', '--to', 'file://schema.hcl'],
    ...['--dev-url', await database(), '--format', format],
  );
  const migrations = join(folder, 'migrations');
  const [file = ''] = (await readdir(migrations)).filter((name) => name.endsWith('.sql'));
  const planned = words.fromServer(await readFile(join(migrations, file), 'utf8'));
  await writeFile(join(folder, 'replay.sql'), words.toServer(planned));
  const replayed = await call(
    ...['schema', 'inspect', '-u', 'file://replay.sql', '--dev-url', await database(), '--format', format],
  );
  return { planned, replayed: words.fromServer(replayed) };
}
