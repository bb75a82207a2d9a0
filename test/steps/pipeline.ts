import { afterAll, beforeAll } from 'vitest';
import { noMemory } from '../../src/cache/step-memory.ts';
import type { DialectName } from '../../src/config/dialect-names.ts';
import type { DevServer } from '../../src/devdb/dev-server.ts';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { foreignEnvironment } from '../../src/process/environment.ts';
import { createScratch, type Scratch } from '../../src/process/scratch.ts';
import type { Tool } from '../../src/process/tool.ts';
import { regenerate } from '../../src/steps/regenerate.ts';
import type { Providers, Regenerated, Regeneration } from '../../src/steps/regeneration.ts';
import type { IsFresh } from '../../src/steps/sqlc-generate.ts';
import type { Workspace } from '../../src/steps/step-result.ts';
import { laidOut, type Tree } from '../plan/laid-out.ts';
import { repositoryTool } from '../process/repository-tool.ts';

/** The real tools, a private server and scratch folders, for the tests of one file. */
export interface Bench {
  atlas(): Promise<Tool>;
  sqlc(): Promise<Tool>;
  server(): Promise<DevServer>;
  workspace(): Promise<Workspace>;
  /** Runs every step of a tree that is only in memory; nothing is fresh unless told otherwise. */
  regenerate(tree: Tree, changes?: Partial<Providers>, isFresh?: IsFresh): Promise<Regeneration>;
}

/** To be called at the top of a file of tests. */
export function useBench(
  on: { readonly dialect: DialectName; readonly setting: string } = {
    dialect: 'postgres',
    setting: 'embedded',
  },
): Bench {
  let scratch: Scratch;
  let opened: Promise<DevServer> | undefined;
  const tools = new Map<string, Promise<Tool>>();
  const tool = (name: 'atlas' | 'sqlc'): Promise<Tool> => {
    const found = tools.get(name) ?? repositoryTool(name);
    tools.set(name, found);
    return found;
  };
  let count = 0;
  beforeAll(async () => {
    scratch = await createScratch();
  });
  afterAll(async () => {
    await (await opened)?.close();
    await scratch.remove();
  });
  const bench: Bench = {
    atlas: () => tool('atlas'),
    sqlc: () => tool('sqlc'),
    server() {
      opened ??= openDevServer(on.dialect, on.setting, { scratch });
      return opened;
    },
    async workspace() {
      count += 1;
      const [dir, home] = await Promise.all([scratch.folder(`steps/${count}`), scratch.folder('home')]);
      return { dir, env: foreignEnvironment(home) };
    },
    async regenerate(tree, changes = {}, isFresh = () => false) {
      const { project, graph } = await laidOut(tree);
      const providers: Providers = {
        tool,
        server: () => bench.server(),
        serverIdentity: async () => null,
        memory: noMemory(),
        isServerAlive: async () => (await bench.server()).isAlive(),
        workspace: () => bench.workspace(),
        commandWorkspace: async () => ({ ...(await bench.workspace()), root: '/' }),
        matching: async () => ({ files: new Map(), modes: new Map() }),
        ...changes,
      };
      const files = new Map(Object.entries(tree).map(([path, text]) => [path, Buffer.from(text)]));
      return regenerate({
        ...{ project, graph, targets: graph.targets, files, headFiles: new Map() },
        ...{ isFresh, providers },
      });
    },
  };
  return bench;
}

/** The outputs of a target that was made, as text by path. */
export function madeBy(regeneration: Regeneration, id: string): Readonly<Record<string, string>> {
  const result = resultOf(regeneration, id);
  if (result.kind !== 'made') throw new Error(`${id} was not made: ${JSON.stringify(result)}`);
  return Object.fromEntries([...result.outputs].map(([path, bytes]) => [path, bytes.toString()]));
}

export function resultOf({ results }: Regeneration, id: string): Regenerated {
  const result = results.get(id);
  if (result === undefined) throw new Error(`no step of ${id} ran`);
  return result;
}
