import { pbkdf2 as derive } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { readSqlcConfig } from '../../src/config/sqlc-config.ts';
import { generateCode } from '../../src/steps/sqlc-generate.ts';
import { temporaryFolder } from '../process/repository-tool.ts';

const pbkdf2 = promisify(derive);
/** More than there are threads for what Node does in the background, so that whatever is begun there waits. */
const THREADS_BUSY = 32;

it('begins nothing that makes its folder anew once it has failed', async () => {
  const configBytes = Buffer.from(
    'version: "2"\nsql: [{engine: sqlite, schema: a.sql, queries: b.sql, gen: {go: {out: db}}}]\n',
  );
  const config = await readSqlcConfig('sqlc.yml', configBytes);
  const dir = `${await temporaryFolder()}/step`;
  const busy = Array.from({ length: THREADS_BUSY }, () => pbkdf2('', '', 20_000, 32, 'sha512'));
  // A file where the next one has its folder can't be written, like any file on a full disk.
  const files = new Map(['taken', 'taken/inside.sql'].map((path) => [path, Buffer.from('x')]));
  const workspace = { dir, env: process.env };
  await expect(
    generateCode({ config, configBytes, files, sqlc: '/nowhere/sqlc', workspace, isFresh: () => false }),
  ).rejects.toThrow(/ENOTDIR|EEXIST/);
  rmSync(dir, { recursive: true });
  await Promise.all(busy);
  for (let turn = 0; turn < THREADS_BUSY; turn += 1) await stat('/');
  expect(existsSync(dir)).toBe(false);
});
