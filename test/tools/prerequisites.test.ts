import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/process/run.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const JITI = join(PROJECT, 'node_modules/jiti/lib/jiti-cli.mjs');

/** Runs it with nothing on the PATH but the given programs: a script each, that prints the text; `env CC` prints `cc`. */
async function prerequisitesWith(programs: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const bin = await mkdtemp(join(tmpdir(), 'prerequisites-'));
  onTestFinished(() => rm(bin, { recursive: true, force: true }));
  await symlink('/bin/sh', join(bin, 'sh'));
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n[ "$1" = env ] && echo cc || echo '${text}'\n`, {
      mode: 0o755,
    });
  }
  const { CC: _, ...env } = process.env;
  return run(process.execPath, [JITI, 'tools/prerequisites.ts', ...args], {
    cwd: PROJECT,
    env: { ...env, PATH: bin, DBCHECK_SERVER_PATH: bin },
  });
}

const MARIADB = 'mariadbd  Ver 10.11.6-MariaDB for Linux on x86_64';
const ALL = {
  mariadbd: MARIADB,
  git: 'git version 2.39.5',
  go: 'go version go1.30.1 linux/amd64',
  cc: 'cc 12.2.0',
};

describe('the prerequisites', () => {
  it('are listed where they are all there', async () => {
    const { exitCode, stdout, stderr } = await prerequisitesWith(ALL);
    expect(stderr).toBe('');
    expect(stdout.toString()).toMatch(
      /^prerequisites: node \S+, git 2\.39\.5, go 1\.30\.1, cc, \S+, MariaDB 10\.11\.6\n$/,
    );
    expect(exitCode).toBe(0);
  });

  it.each([
    ['git 2.31 or newer', { ...ALL, git: 'git version 2.30.9' }],
    ['Go 1.26 or newer', { ...ALL, go: 'go version go1.19.8 linux/amd64' }],
  ])('count as missing where they are too old: %s', async (name, programs) => {
    const { exitCode, stdout, stderr } = await prerequisitesWith(programs);
    expect(stderr).toMatch(new RegExp(`^error: ${name} is missing\n {2}= because: .+\n {2}= fix: {5}.+\n$`));
    expect(stdout.toString()).toBe('');
    expect(exitCode).toBe(2);
  });

  it('are all named where none is there, each with the command that installs it', async () => {
    const { exitCode, stderr } = await prerequisitesWith({});
    expect(stderr.match(/^error: .*/gm)).toEqual([
      'error: git 2.31 or newer is missing',
      'error: Go 1.26 or newer is missing',
      'error: a C compiler is missing',
      "error: a MySQL or MariaDB server's program is missing",
    ]);
    expect(stderr.match(/^ {2}= fix: .*/gm)).toHaveLength(4);
    expect(exitCode).toBe(2);
  });

  it('of the demo are fewer: it leaves MySQL out without a server', async () => {
    const { mariadbd: _, ...others } = ALL;
    const { exitCode, stdout, stderr } = await prerequisitesWith(others, 'demo');
    expect(stderr).toBe('');
    expect(stdout.toString()).not.toContain('MariaDB');
    expect(exitCode).toBe(0);
  });

  it('name the installer of the system', async () => {
    const { stderr } = await prerequisitesWith({ ...ALL, git: 'none', dnf: '4.1', brew: '4.1' });
    expect(stderr).toMatch(/(dnf|brew) install git\n$/);
  });
});
