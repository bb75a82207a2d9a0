import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevServer } from '../../src/devdb/dev-server.ts';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { embeddedBinaries, embeddedPackage } from '../../src/devdb/postgres-embedded.ts';
import { startPrivatePostgres } from '../../src/devdb/postgres-private.ts';
import { systemBinaries } from '../../src/devdb/postgres-system.ts';
import { serverUser } from '../../src/devdb/server-user.ts';
import { foreignEnvironment } from '../../src/process/environment.ts';
import { run } from '../../src/process/run.ts';
import { createScratch, type Scratch } from '../../src/process/scratch.ts';
import { repositoryTool } from '../process/repository-tool.ts';
import { sql } from './sql.ts';

const SCHEMA = `
schema "public" {
}
table "users" {
  schema = schema.public
  column "id" {
    type = bigint
  }
  column "name" {
    type    = text
    default = "x"
  }
  primary_key {
    columns = [column.id]
  }
}
`;

let scratch: Scratch;
let atlas: string;
let count = 0;
beforeAll(async () => {
  scratch = await createScratch();
  atlas = (await repositoryTool('atlas')).path;
});
afterAll(() => scratch.remove());

/** Plans the schema on a dev database and returns the migration. */
async function plan(devUrl: string): Promise<string> {
  count += 1;
  const folder = await scratch.folder(`plan/${count}`);
  await writeFile(join(folder, 'schema.hcl'), SCHEMA);
  const result = await run(
    atlas,
    [
      'migrate',
      'diff',
      'init',
      '--dir',
      'file://migrations',
      '--to',
      'file://schema.hcl',
      '--dev-url',
      devUrl,
    ],
    { cwd: folder, env: foreignEnvironment(folder) },
  );
  expect(result.stderr).toBe('');
  expect(result.exitCode).toBe(0);
  const [file = ''] = (await readdir(join(folder, 'migrations'))).filter((name) => name.endsWith('.sql'));
  return readFile(join(folder, 'migrations', file), 'utf8');
}

/** Plans in both modes at once, each on a database of its own. */
async function expectBothModes(server: DevServer): Promise<void> {
  const [plain, qualified] = await Promise.all(
    [false, true].map(async (mode) => plan(await server.createDatabase('plan', { qualified: mode }))),
  );
  expect(plain).toContain('CREATE TABLE "users"');
  expect(plain).not.toContain('public');
  expect(qualified).toContain('CREATE TABLE "public"."users"');
}

describe('Atlas plans', () => {
  it('on the embedded Postgres', async () => {
    const server = await openDevServer('postgres', 'embedded', { scratch });
    try {
      await expectBothModes(server);
    } finally {
      await server.close();
    }
  });

  it("on an installed server's binaries", async () => {
    const user = await serverUser();
    const { bin } = await embeddedBinaries(embeddedPackage(), user);
    const server = await startPrivatePostgres(await systemBinaries({ folders: [bin], origin: '' }), user);
    try {
      await expectBothModes(server);
    } finally {
      await server.close();
    }
  });

  it('on a given server', async () => {
    const host = await openDevServer('postgres', 'embedded', { scratch });
    try {
      const url = await host.createDatabase('given', { qualified: true });
      await sql(url, 'CREATE DATABASE template0 TEMPLATE given_1');
      const server = await openDevServer('postgres', url, { scratch });
      await expectBothModes(server);
      await server.close();
    } finally {
      await host.close();
    }
  });
});
