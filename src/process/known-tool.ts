import type { ToolName } from '../config/project.ts';
import { recallDigest } from './inspect-binary.ts';
import { recallModuleTool } from './module-tool.ts';
import { searchProgram } from './search-path.ts';
import type { ToolLookup } from './tool.ts';

/**
 * The digest of the tool that would be found now, from memory alone.
 *
 * @returns null where nothing is there any more, or Go or the tool itself would have to be asked
 */
export async function knownToolDigest(
  name: ToolName,
  lookup: ToolLookup,
  { cacheDir, env }: { readonly cacheDir: string; readonly env: NodeJS.ProcessEnv },
): Promise<string | null> {
  const path = await pathOf(lookup, cacheDir, env);
  return path === null ? null : recallDigest(name, path, cacheDir).catch(() => null);
}

async function pathOf(lookup: ToolLookup, cacheDir: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  if (lookup.kind === 'module') return (await recallModuleTool(cacheDir, lookup.memoryKey))?.path ?? null;
  return lookup.program.includes('/') ? lookup.program : searchProgram(lookup.program, env['PATH']);
}
