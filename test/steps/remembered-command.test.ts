import { appendFile, chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { stepMemory } from '../../src/cache/step-memory.ts';
import type { CommandStepInput } from '../../src/steps/command-step.ts';
import { rememberedCommand } from '../../src/steps/remembered-command.ts';
import { temporaryFolder } from '../process/repository-tool.ts';

interface Call extends Omit<CommandStepInput, 'workspace'> {
  readonly inputs: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** A program in PATH, and a store for what it makes. */
async function workshop() {
  const folder = await temporaryFolder();
  const program = join(folder, 'mkschema');
  await writeFile(program, '#!/bin/sh\n[ -f in ] || cd ..\ncat in > out\ncat in > other\n');
  await chmod(program, 0o755);
  const env = { PATH: `${folder}${delimiter}${process.env['PATH']}`, LANG: 'C' };
  const call: Call = {
    ...{ command: 'mkschema', inputs: ['in'], links: [], root: folder, dir: '' },
    ...{ files: new Map([['in', Buffer.from('x')]]), modes: new Map([['in', '100644']]) },
    ...{ outputs: ['out'], env },
  };
  const own = join(folder, 'store');
  let isProven = true;
  /** Whether the command ran, and what it or an earlier run made. */
  const take = async (changes: Partial<Call> = {}) => {
    const { env: variables, ...step } = { ...call, ...changes };
    const memory = stepMemory({ own, shared: null, writesShared: false, identity: 'dbcheck' });
    const workspace = { dir: await temporaryFolder(), env: variables };
    const made = await rememberedCommand(memory, ['postgres/orders'], { ...step, workspace });
    isProven = memory.isProven;
    return { ran: memory.countCached(['postgres/orders']) === 0, made };
  };
  return { program, call, take, isProven: () => isProven };
}

it('is taken from an earlier run, whatever a shell counts in the environment', async () => {
  const { call, take } = await workshop();
  const first = await take();
  expect(first).toEqual({ ran: true, made: new Map([['out', Buffer.from('x')]]) });
  expect(await take({ env: { ...call.env, SHLVL: '7', OLDPWD: '/', TERM: 'dumb' } })).toEqual({
    ...{ ran: false, made: first.made },
  });
});

it('runs again for another line, folder, input, mode, output or variable', async () => {
  const { call, take } = await workshop();
  await take();
  const files = (bytes: string, name = 'in') => new Map([...call.files, [name, Buffer.from(bytes)] as const]);
  const changes: readonly Partial<Call>[] = [
    { command: 'mkschema -v' },
    { dir: 'below' },
    { files: files('y') },
    { files: files('x', 'more') },
    { modes: new Map([['in', '100755']]) },
    { outputs: ['other'] },
    { env: { ...call.env, LANG: 'de_DE' } },
  ];
  for (const change of changes) {
    expect((await take(change)).ran, JSON.stringify(Object.keys(change))).toBe(true);
    expect((await take(change)).ran).toBe(false);
  }
  expect((await take()).ran).toBe(false);
});

it('runs again where its program is another one', async () => {
  const { program, take } = await workshop();
  await take();
  await appendFile(program, 'echo more >> out\n');
  expect(await take()).toEqual({ ran: true, made: new Map([['out', Buffer.from('xmore\n')]]) });
});

it.each([
  ['names no input', { inputs: [] }],
  ['has links to what the snapshot lacks', { links: ['store'] }],
  ['begins with a file that bears the name of a program', { command: './mkschema || mkschema' }],
  ['begins with a variable', { command: 'A=1 mkschema' }],
])('runs each time where it %s', async (_, change) => {
  const { take, isProven } = await workshop();
  for (let run = 0; run < 2; run += 1) {
    expect((await take(change)).ran).toBe(true);
    expect(isProven()).toBe(false);
  }
});
