import { setMaxListeners } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runBriefly } from '../../src/process/run-briefly.ts';
import { temporaryFolder } from './repository-tool.ts';

type Options = Partial<Parameters<typeof runBriefly>[2]>;

function shell(script: string, options: Options = {}) {
  return runBriefly('sh', ['-c', script], { cwd: '/', env: process.env, ...options });
}

it('gives bytes as they are, and a code that is not zero as a result', async () => {
  const result = await shell('printf "\\377\\n"; printf "é" >&2; exit 3');
  expect(result).toEqual({ exitCode: 3, stdout: Buffer.from([0xff, 0x0a]), stderr: 'é' });
});

it('hands over its input, also to a program that does not read it', async () => {
  const input = Buffer.alloc(1_000_000, 'a');
  expect((await shell('wc -c', { input })).stdout.toString().trim()).toBe('1000000');
  expect((await shell('exit 0', { input })).exitCode).toBe(0);
});

it('ends a program that is told to end, and one that begins after that', async () => {
  const interruption = new AbortController();
  const running = shell('echo last words >&2; exec sleep 600', { signal: interruption.signal });
  setTimeout(() => interruption.abort(), 300);
  const told = {
    code: 'program-killed',
    message: 'sh ended early: by SIGTERM\nlast words',
    hint: expect.stringContaining('run the same command again'),
  };
  await expect(running).rejects.toMatchObject(told);
  const late = shell('exec sleep 600', { signal: interruption.signal });
  await expect(late).rejects.toMatchObject({ code: 'program-killed' });
});

it('takes no more output than it is to take', async () => {
  const tooLarge = { code: 'output-too-large', message: 'sh prints more than 4 bytes' };
  await expect(shell('printf 12345; exec sleep 600', { maxOutput: 4 })).rejects.toMatchObject(tooLarge);
});

it('runs many at once without a warning, and leaves no listener behind', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error): number => warnings.push(warning);
  process.on('warning', warn);
  const before = process.listenerCount('exit');
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  await Promise.all(Array.from({ length: 30 }, () => shell('sleep 0.2', { signal })));
  await new Promise(setImmediate);
  process.off('warning', warn);
  expect(warnings).toEqual([]);
  expect(process.listenerCount('exit')).toBe(before);
});

it('lets no program outlive this process that was told to end and does not heed it', async () => {
  const script = join(await temporaryFolder(), 'parent.mts');
  await writeFile(
    script,
    `
    import { runBriefly } from '${new URL('../../src/process/run-briefly.ts', import.meta.url).href}';
    const interruption = new AbortController();
    const deaf = 'trap "" TERM; while :; do sleep 0.1; done; : deaf to its end';
    void runBriefly('sh', ['-c', deaf], { cwd: '/', env: process.env, signal: interruption.signal });
    setTimeout(() => interruption.abort(), 300);
    setTimeout(() => process.exit(0), 600);
  `,
  );
  const jiti = fileURLToPath(new URL('../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));
  const here = { cwd: '/', env: process.env };
  expect(await runBriefly(process.execPath, [jiti, script], here)).toMatchObject({ exitCode: 0, stderr: '' });
  const listing = await runBriefly('ps', ['-eo', 'args='], here);
  expect(listing.stdout.toString()).not.toContain('deaf to its end');
});
