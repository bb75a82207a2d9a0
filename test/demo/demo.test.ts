import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/process/run.ts';
import { codeBlocks, readDocument } from '../docs/markdown.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const JITI = join(PROJECT, 'node_modules/jiti/lib/jiti-cli.mjs');
/** Short, since a server's socket lies below it. */
const TEMP = '/tmp';

it('plays to its end, and leaves nothing behind', { timeout: 600_000 }, async () => {
  const temp = await mkdtemp(join(TEMP, 'demo-'));
  onTestFinished(() => rm(temp, { recursive: true, force: true }));
  const { exitCode, stdout, stderr } = await run(process.execPath, [JITI, 'tools/demo/demo.ts'], {
    cwd: PROJECT,
    env: { ...process.env, TMPDIR: temp },
  });
  const text = stdout.toString();
  expect(`${text}\n${stderr}`).toContain('Every command did what it should');
  expect(exitCode).toBe(0);
  expect(text.match(/error\[[a-z/-]+\]/g)).toEqual([
    'error[migration/stale]',
    'error[migration/stale]',
    'error[migration/multiple-baselines]',
    'error[generated/hand-edited]',
    'error[generated/orphan]',
  ]);
  expect(text.match(/^✖ Commit blocked/gm)).toHaveLength(4);
  const [transcript = ''] = codeBlocks(await readDocument('README.md'), 'console');
  expect(timeless(text)).toContain(timeless(transcript));
  expect(await readdir(temp)).toEqual([]);
});

/** Without what differs from one run, or from one state of the example, to the next. */
function timeless(text: string): string {
  return text
    .replaceAll(/\d+(\.\d+)? m?s$/gm, 'TIME')
    .replaceAll(/the index \([0-9a-f]{7}\)/g, 'the index (ID)');
}
