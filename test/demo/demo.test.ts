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

/** Plays it to its end, in a temporary folder that must be empty afterwards, and gives what it prints. */
async function played(env: Readonly<Record<string, string>>): Promise<string> {
  const temp = await mkdtemp(join(TEMP, 'demo-'));
  onTestFinished(() => rm(temp, { recursive: true, force: true }));
  const { exitCode, stdout, stderr } = await run(process.execPath, [JITI, 'tools/demo/demo.ts'], {
    cwd: PROJECT,
    env: { ...process.env, TMPDIR: temp, ...env },
  });
  const text = stdout.toString();
  expect(`${text}\n${stderr}`).toContain('Every command did what it should');
  expect(exitCode).toBe(0);
  expect(await readdir(temp)).toEqual([]);
  return text;
}

function blockedBy(text: string): readonly string[] {
  return text.split('── ').flatMap((scene) => {
    const rules = [...scene.matchAll(/^error\[([a-z/-]+)\]/gm)].map(([, rule]) => rule);
    return rules.length === 0 ? [] : [rules.join(' ')];
  });
}

const POSTGRES_SCENES = [
  'migration/stale',
  'migration/stale migration/multiple-baselines',
  'generated/hand-edited',
  'generated/orphan',
];

it('plays to its end, and leaves nothing behind', { timeout: 600_000 }, async () => {
  const text = await played({});
  expect(blockedBy(text)).toEqual([...POSTGRES_SCENES, 'migration/stale migration/stale']);
  expect(text.match(/^✖ Commit blocked/gm)).toHaveLength(5);
  expect(text).not.toContain('is left out');
  const [transcript = ''] = codeBlocks(await readDocument('README.md'), 'console');
  expect(timeless(text)).toContain(timeless(transcript));
});

it('leaves MySQL out where no server for it is installed, and says so', { timeout: 600_000 }, async () => {
  const empty = await mkdtemp(join(TEMP, 'no-server-'));
  onTestFinished(() => rm(empty, { recursive: true, force: true }));
  const text = await played({ DBCHECK_SERVER_PATH: empty });
  expect(blockedBy(text)).toEqual([...POSTGRES_SCENES, 'migration/stale']);
  expect(text).toMatch(/^# MySQL is left out\. No MySQL or MariaDB server is installed: .*\.$/m);
  expect(text).toMatch(/^# To see it too: (apt-get install -y mariadb-server-core|brew install mariadb)$/m);
  expect(text).not.toContain('mysql/keygen');
});

/** Without what differs from one run, or from one state of the example, to the next. */
function timeless(text: string): string {
  return text
    .replaceAll(/\d+(\.\d+)? m?s(?= \(\d+ cached\)$|$)/gm, 'TIME')
    .replaceAll(/the index \([0-9a-f]{7}\)/g, 'the index (ID)');
}
