import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DevServer, openDevServer } from '../../src/devdb/dev-server.ts';
import { goEnvironment } from '../../src/process/go-environment.ts';
import { run } from '../../src/process/run.ts';
import { createScratch, type Scratch } from '../../src/process/scratch.ts';

const store = fileURLToPath(new URL('../../tools/store', import.meta.url));
const URL_VARIABLE = 'DBCHECK_EXAMPLE_POSTGRES_URL';

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
  let server: DevServer;
  beforeAll(async () => {
    scratch = await createScratch();
    server = await openDevServer('postgres', 'embedded', { scratch });
  });
  afterAll(async () => {
    await server?.close();
    await scratch?.remove();
  });

  it('builds', async () => {
    expect(await go(['build', './...'], {})).toMatch(/^exit 0\n/);
  });

  it('is accepted by go vet', async () => {
    expect(await go(['vet', './...'], {})).toMatch(/^exit 0\n/);
  });

  it('runs all of its queries against a private Postgres', async () => {
    const url = await server.createDatabase('go-test', { qualified: false });
    const report = await go(['test', '-count=1', '-v', './...'], { [URL_VARIABLE]: url });
    expect(report).toMatch(/^exit 0\n/);
    expect(report).toContain('--- PASS: TestPostgres');
    expect(report).not.toContain('--- SKIP');
  });

  it('fails where no server is given, and says how to get one', async () => {
    const report = await go(['test', '-count=1', './...'], { [URL_VARIABLE]: '' });
    expect(report).toMatch(/^exit 1\n/);
    expect(report).toContain(`${URL_VARIABLE} is not set: \`make go-test\``);
  });
});
