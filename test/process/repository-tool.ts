import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ToolName } from '../../src/config/project.ts';
import { findTool, type Tool, type ToolContext } from '../../src/process/find-tool.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dbcheck-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A context of its own for each test: this repository's files as the snapshot, and nothing remembered. */
export async function toolContext(changes: Partial<ToolContext> = {}): Promise<ToolContext> {
  return { ...(await contextIn(await temporaryFolder())), ...changes };
}

/** The Atlas or sqlc that this repository is pinned to, built where it is not yet. */
export async function repositoryTool(name: ToolName): Promise<Tool> {
  const folder = await mkdtemp(join(tmpdir(), 'dbcheck-test-'));
  try {
    return await findTool(name, { kind: 'module', module: `tools/${name}/go.mod` }, await contextIn(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function contextIn(folder: string): Promise<ToolContext> {
  const scratchDir = join(folder, 'scratch');
  await mkdir(scratchDir);
  return {
    readFile: (path) => readFile(join(repository, path)).catch(() => null),
    projectRoot: folder,
    scratchDir,
    cacheDir: join(folder, 'cache'),
    mayBuild: true,
    onProgress: () => undefined,
  };
}
