import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { declaredTools, runGo, toolNameOf } from '../../src/process/go-module.ts';
import { temporaryFolder } from './repository-tool.ts';

async function accountOf(goMod: string): Promise<unknown> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'go.mod'), goMod);
  const result = await runGo(['mod', 'edit', '-json'], { cwd: folder, env: process.env });
  expect(result).toMatchObject({ exitCode: 0 });
  return JSON.parse(result.stdout.toString());
}

it('takes the version of the module whose path is the longest that fits', async () => {
  const account = await accountOf(`module example.org/tools
go 1.24
tool (
	example.org/atlas/cmd/atlas // a comment
	example.org/other/v2
)
require (
	example.org/atlas v0.12.2
	example.org/atlas/cmd/atlas v0.13.1
	example.org/atlas/cmd/at v0.9.9
	example.org/other/v2 v2.0.1
)
`);
  expect(declaredTools(account)).toEqual([
    { package: 'example.org/atlas/cmd/atlas', version: 'v0.13.1' },
    { package: 'example.org/other/v2', version: 'v2.0.1' },
  ]);
});

it('leaves out a tool that is a package of the module itself', async () => {
  const account = await accountOf('module example.org/tools\ngo 1.24\ntool example.org/tools/cmd/atlas\n');
  expect(declaredTools(account)).toEqual([]);
});

it.each([null, [], {}, { Tool: null }, { Tool: [1], Require: 'x' }, { Tool: [{ Path: 5 }] }])(
  'finds no tool in %j',
  (account) => {
    expect(declaredTools(account)).toEqual([]);
  },
);

it('names a tool as go does', () => {
  expect(toolNameOf('example.org/sqlc/cmd/sqlc')).toBe('sqlc');
  expect(toolNameOf('example.org/golangci/v2')).toBe('golangci');
  expect(toolNameOf('v2')).toBe('v2');
});

it('says how to get Go where there is none', async () => {
  const folder = await temporaryFolder();
  await expect(runGo(['version'], { cwd: folder, env: { PATH: folder } })).rejects.toMatchObject({
    code: 'go-missing',
    hint: expect.stringContaining('install Go'),
  });
});
