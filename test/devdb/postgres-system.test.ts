import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddedBinaries, embeddedPackage } from '../../src/devdb/postgres-embedded.ts';
import { startPrivatePostgres } from '../../src/devdb/postgres-private.ts';
import { preferred, systemBinaries, systemFolders } from '../../src/devdb/postgres-system.ts';
import { serverUser } from '../../src/devdb/server-user.ts';
import { sql } from './sql.ts';

describe("a system server's binaries", () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'system-'));
    await chmod(root, 0o755);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('are found on PATH and make a server', async () => {
    const user = await serverUser();
    const { bin } = await embeddedBinaries(embeddedPackage(), user);
    const folders = await systemFolders(['relative', '', join(root, 'absent'), bin].join(delimiter));
    expect(folders.slice(0, 2)).toEqual([join(root, 'absent'), bin]);
    const found = await systemBinaries({ folders: folders.slice(0, 2), origin: '' });
    expect(found).toMatchObject({ label: 'system Postgres', bin });
    const server = await startPrivatePostgres(found, user);
    try {
      expect(server.description).toBe(`system Postgres ${server.version}`);
      expect(await sql(await server.createDatabase('x', { qualified: false }), 'SELECT 1')).toEqual([['1']]);
    } finally {
      await server.close();
    }
  });

  it('are found behind links, where their libraries are', async () => {
    const { bin } = await embeddedBinaries(embeddedPackage(), await serverUser());
    await symlink(join(bin, 'postgres'), join(root, 'postgres'));
    expect((await systemBinaries({ folders: [root], origin: '' })).bin).toBe(bin);
  });

  it('are not a client alone, nor a program that is no server', async () => {
    await writeFile(join(root, 'psql'), '#!/bin/sh\n', { mode: 0o755 });
    await expect(systemBinaries({ folders: [root], origin: '' })).rejects.toMatchObject({
      code: 'devdb-missing',
    });
    await mkdir(join(root, 'fake'));
    for (const program of ['initdb', 'postgres']) {
      await writeFile(join(root, 'fake', program), '#!/bin/sh\necho hello\n', { mode: 0o755 });
    }
    await expect(systemBinaries({ folders: [join(root, 'fake')], origin: '' })).rejects.toMatchObject({
      code: 'devdb-missing',
      hint: expect.stringContaining('embedded'),
    });
  });

  it.each([
    [[14, 16, 15], 1],
    [[18, 17, 16], 1],
    [[19, 18], 1],
    [[15, 15], 0],
    [[], -1],
  ])('of the versions %j are taken from number %i', (majors, index) => {
    const candidates = majors.map((major) => ({ major }));
    expect(preferred(candidates)).toBe(candidates[index]);
  });
});
