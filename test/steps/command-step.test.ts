import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandStepInput, runCommandStep } from '../../src/steps/command-step.ts';

const OUTPUTS = Array.from({ length: 64 }, (_, index) => `schemas/${String(index).padStart(2, '0')}.sql`);
/** Which of several answers comes first differs from run to run, so that one run would show nothing. */
const RUNS = 40;

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'command-step-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function run(command: string, name = 'run', changes: Partial<CommandStepInput> = {}) {
  const workspace = { dir: join(dir, name), root: dir, env: process.env, signal: undefined };
  return runCommandStep({
    command,
    files: new Map(),
    modes: new Map(),
    links: [],
    root: dir,
    dir: '',
    outputs: OUTPUTS,
    workspace,
    ...changes,
  });
}

describe('a command of the configuration', () => {
  it('gives its outputs in their order', async () => {
    const made = await run(
      `mkdir schemas; for path in ${OUTPUTS.join(' ')}; do echo "$path" > "$path"; done`,
    );
    expect([...made].map(([path, bytes]) => [path, String(bytes)])).toEqual(
      OUTPUTS.map((path) => [path, `${path}\n`]),
    );
  });

  it('is told of the first of several outputs that it did not make, in each run', async () => {
    for (let index = 0; index < RUNS; index += 1) {
      await expect(run('true', `run${index}`)).rejects.toThrow('`true` did not make schemas/00.sql');
    }
  });

  it('is not run where a link leads to what is copied as well', async () => {
    const files = new Map([['part/file', Buffer.from('x')]]);
    await expect(run('true', 'run', { files, links: ['part'] })).rejects.toMatchObject({
      code: 'link-taken',
      message: '`steps.extract` has files of part both in `inputs` and in `links`',
    });
  });
});
