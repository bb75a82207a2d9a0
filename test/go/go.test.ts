import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevServer } from '../../src/devdb/dev-server.ts';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { goEnvironment } from '../../src/process/go-environment.ts';
import { run } from '../../src/process/run.ts';
import { createScratch, type Scratch } from '../../src/process/scratch.ts';

const store = fileURLToPath(new URL('../../tools/store', import.meta.url));
const POSTGRES_URL = 'DBCHECK_EXAMPLE_POSTGRES_URL';
const MYSQL_URL = 'DBCHECK_EXAMPLE_MYSQL_URL';

/** What a go command left behind, in one text so that a failing assertion shows why. */
async function go(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { exitCode, stdout, stderr } = await run('go', args, {
    cwd: store,
    env: { ...goEnvironment(process.env), ...env },
  });
  return `exit ${exitCode}\n${stdout.toString()}${stderr}`;
}

describe('the Go module of the example', () => {
  let scratch: Scratch;
  let postgres: DevServer;
  let mysql: DevServer;
  beforeAll(async () => {
    scratch = await createScratch();
    postgres = await openDevServer('postgres', 'embedded', { scratch });
    mysql = await openDevServer('mysql', 'system', { scratch });
  });
  afterAll(async () => {
    await mysql?.close();
    await postgres?.close();
    await scratch?.remove();
  });

  it('builds', async () => {
    expect(await go(['build', './...'], {})).toMatch(/^exit 0\n/);
  });

  it('is accepted by go vet', async () => {
    expect(await go(['vet', './...'], {})).toMatch(/^exit 0\n/);
  });

  it('runs all of its queries against a private Postgres, a private MySQL or MariaDB, and SQLite', async () => {
    const report = await go(['test', '-count=1', '-v', './...'], {
      [POSTGRES_URL]: await postgres.createDatabase('go-test', { qualified: false }),
      [MYSQL_URL]: await mysql.createDatabase('go-test', { qualified: false }),
    });
    expect(report).toMatch(/^exit 0\n/);
    for (const name of ['TestPostgres', 'TestMySQL', 'TestSQLite']) {
      expect(report).toContain(`--- PASS: ${name}`);
    }
    expect(report).not.toContain('--- SKIP');
  });

  it('fails where no server is given, and says how to get one', async () => {
    const report = await go(['test', '-count=1', './...'], { [POSTGRES_URL]: '', [MYSQL_URL]: '' });
    expect(report).toMatch(/^exit 1\n/);
    for (const variable of [POSTGRES_URL, MYSQL_URL]) {
      expect(report).toContain(`${variable} is not set: \`make go-test\``);
    }
  });
});
