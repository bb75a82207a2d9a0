import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'tsdown';

const ROOT = join(import.meta.dirname, '..', '..');

/** `parent.ts` in a form that node runs. */
export interface ParentProgram {
  start(...args: string[]): ChildProcess;
  remove(): Promise<void>;
}

/** Builds it inside the project, where its libraries are found. */
export async function buildParentProgram(): Promise<ParentProgram> {
  await mkdir(join(ROOT, '.scratch'), { recursive: true });
  const outDir = await mkdtemp(join(ROOT, '.scratch', 'parent-'));
  await build({
    config: false,
    cwd: ROOT,
    entry: { parent: join(import.meta.dirname, 'parent.ts') },
    outDir,
    format: 'esm',
    platform: 'node',
    dts: false,
    fixedExtension: false,
    logLevel: 'silent',
    report: false,
  });
  return {
    start: (...args) =>
      spawn(process.execPath, [join(outDir, 'parent.js'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] }),
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}

/** What the program says when its server runs. */
export async function announcement(child: ChildProcess): Promise<{ url: string; scratch: string }> {
  if (child.stdout === null) throw new Error('the program has no stdout');
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the program ended early with ${code}`);
  });
  const line = once(createInterface(child.stdout), 'line');
  const [text] = await Promise.race([line, ended]);
  return JSON.parse(String(text));
}
