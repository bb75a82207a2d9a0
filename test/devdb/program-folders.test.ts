import { expect, it } from 'vitest';
import { programFolders } from '../../src/devdb/program-folders.ts';

const usual = async (path: string) => [path, '/usr/sbin'];

it("of servers are the usual ones where the variable isn't set or is empty", async () => {
  for (const env of [{ PATH: '/bin' }, { PATH: '/bin', DBCHECK_SERVER_PATH: '' }]) {
    expect(await programFolders(env, usual)).toEqual({ folders: ['/bin', '/usr/sbin'], origin: '' });
  }
});

it('of servers are those of the variable alone where it is set', async () => {
  const env = { PATH: '/bin', DBCHECK_SERVER_PATH: '/opt/mysql/bin::/opt/pg/bin' };
  expect(await programFolders(env, usual)).toEqual({
    folders: ['/opt/mysql/bin', '/opt/pg/bin'],
    origin: ' in the folders of DBCHECK_SERVER_PATH',
  });
});

it('of servers are refused where one of them depends on the current folder', async () => {
  const env = { PATH: '/bin', DBCHECK_SERVER_PATH: '/opt/mysql/bin:mysql/bin' };
  await expect(programFolders(env, usual)).rejects.toMatchObject({
    code: 'devdb-invalid',
    message: 'DBCHECK_SERVER_PATH names "mysql/bin", which is no absolute path',
  });
});
