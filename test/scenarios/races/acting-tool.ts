import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ToolName } from '../../../src/config/project.ts';
import { repositoryTool } from '../../process/repository-tool.ts';
import type { Shop } from '../shop.ts';

/**
 * A generator that is the real one, but that has somebody else act whenever it is started so.
 *
 * @param words what its arguments begin with: `version`, `schema fmt`
 * @param does what they do in the shop, as a line for `sh`
 * @returns the lines of the configuration that name it
 */
export async function toolThatActs(shop: Shop, name: ToolName, words: string, does: string): Promise<string> {
  const { path } = await repositoryTool(name);
  const script = `#!/bin/sh
case "$* " in
'${words} '*) (cd '${shop.root}' && ${does}) || exit 99 ;;
esac
exec '${path}' "$@"
`;
  await writeFile(join(shop.root, `../acting-${name}`), script, { mode: 0o755 });
  return `tools: {${name}: {command: ../acting-${name}}}\n`;
}
