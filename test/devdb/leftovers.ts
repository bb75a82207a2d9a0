import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/process/run.ts';
import { scratchRoots } from '../../src/process/scratch.ts';

/** Every folder and every living process that a run of that pid has left. */
export async function leftovers(pid: number): Promise<string[]> {
  const mark = `dbcheck-${pid}_`;
  const folders = await Promise.all(
    scratchRoots().map(async (root) => {
      const names = await readdir(root).catch((): string[] => []);
      return names.filter((name) => name.startsWith(mark)).map((name) => join(root, name));
    }),
  );
  return [...folders.flat(), ...(await listed(mark)), ...(await workingIn(mark))];
}

async function listed(mark: string): Promise<string[]> {
  const env = { PATH: process.env['PATH'] };
  const { stdout } = await run('ps', ['-A', '-o', 'stat=,args='], { cwd: '/', env });
  return stdout
    .toString()
    .split('\n')
    .filter((line) => line.includes(mark) && !line.startsWith('Z'));
}

/** A server's children rename themselves, but they work in the data directory. */
async function workingIn(mark: string): Promise<string[]> {
  const pids = (await readdir('/proc').catch((): string[] => [])).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return folders.filter((folder) => folder.includes(mark));
}
