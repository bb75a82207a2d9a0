import { chmod, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodePath, encodePath } from '../git/path-bytes.ts';
import type { ExistingHook, InstallAction } from './install-plan.ts';

/** Writes what the plan says, each file wholly or not at all, and makes the folders that it needs. */
export async function applyInstall(actions: readonly InstallAction[]): Promise<void> {
  for (const action of actions) {
    if (action.kind !== 'write') continue;
    await mkdir(encodePath(dirname(action.path)), { recursive: true });
    const temporary = encodePath(`${action.path}.dbcheck-${process.pid}`);
    try {
      await writeFile(temporary, encodePath(action.text), { flag: 'wx' });
      if (action.executable) await chmod(temporary, 0o755);
      await rename(temporary, encodePath(action.path));
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

/** What stands at a path where a hook belongs. */
export async function readHook(path: string): Promise<ExistingHook> {
  const file = encodePath(path);
  try {
    const status = await lstat(file);
    if (status.isFile()) {
      const executable = (status.mode & 0o111) !== 0;
      return { state: 'file', script: decodePath(await readFile(file)), executable };
    }
    if (!status.isSymbolicLink()) return { state: 'other' };
  } catch {
    return { state: 'absent' };
  }
  const script = await readFile(file).catch(() => Buffer.alloc(0));
  return { state: 'link', script: decodePath(script) };
}
