import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { serverIdentity } from '../../src/devdb/server-identity.ts';
import { unprivilegedUser } from '../../src/devdb/server-user.ts';
import { createScratch, type Scratch } from '../../src/process/scratch.ts';

let scratch: Scratch;
beforeAll(async () => {
  scratch = await createScratch();
});
afterAll(() => scratch.remove());

describe('the setting of a dev database', () => {
  it('is refused for a dialect that has none', async () => {
    await expect(openDevServer('sqlite', 'embedded', { scratch })).rejects.toMatchObject({
      code: 'dialect-unsupported',
      message: expect.stringContaining('sqlite'),
      hint: 'move the schema to where `schemas` has postgres: that of sqlite is converted from it',
    });
  });

  it.each(['embeded', '', '/var/run/postgresql', 'u:p@h'])('is refused where it is %j', async (setting) => {
    const refusal = { code: 'devdb-invalid', hint: expect.stringContaining('devDatabase.postgres') };
    await expect(openDevServer('postgres', setting, { scratch })).rejects.toMatchObject(refusal);
    expect(await serverIdentity('postgres', setting)).toBeNull();
  });

  it('is handed on to Atlas where the URL is not of a server', async () => {
    const url = 'docker+postgres://u:secret@_/team/image/dev';
    const server = await openDevServer('postgres', url, { scratch });
    expect(await server.createDatabase('keygen', { qualified: false })).toBe(url);
    expect(await server.createDatabase('sign', { qualified: true })).toBe(url);
    expect(server.description).toBe('docker+postgres://u:***@_/team/image/dev');
    expect(await serverIdentity('postgres', url)).toBeNull();
    expect(await server.isAlive()).toBe(true);
    await server.close();
  });

  it('is described without starting anything', async () => {
    expect(await serverIdentity('postgres', 'embedded')).toMatch(
      /^embedded \w+-\w+ 1\d\.\d\S* [0-9a-f]{64}$/,
    );
  });
});

describe('the user of a private server', () => {
  it.each([
    ['root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533:n:/:/bin/false', { uid: 65534, gid: 65533 }],
    ['##\nnobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false', { uid: 4294967294, gid: 4294967294 }],
    ['root:x:0:0::/root:/bin/sh\npostgres:x:26:26::/:/bin/sh\n', { uid: 26, gid: 26 }],
    ['root:x:0:0::/root:/bin/sh\nnobody:x:0:0::/:/bin/sh\n', undefined],
    ['', undefined],
  ])('is found in %j', (passwd, expected) => {
    expect(unprivilegedUser(passwd)).toEqual(expected);
  });
});
