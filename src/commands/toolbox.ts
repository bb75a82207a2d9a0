import { join } from 'node:path';
import { type FactMemory, factMemory, NO_FACT_MEMORY } from '../cache/fact-memory.ts';
import { noMemory, type StepMemory, stepMemory } from '../cache/step-memory.ts';
import { cacheFolder } from '../cache/store.ts';
import type { DialectName } from '../config/dialect-names.ts';
import { globMatcher } from '../config/glob.ts';
import type { Project, ToolName } from '../config/project.ts';
import type { DevServer } from '../devdb/dev-server.ts';
import type { Repository } from '../git/repository.ts';
import type { Snapshot } from '../git/snapshot.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import { cacheDir } from '../process/cache-dir.ts';
import { foreignEnvironment, userEnvironment } from '../process/environment.ts';
import { findTool, type Tool } from '../process/find-tool.ts';
import { createScratch, type Scratch, sweepScratch } from '../process/scratch.ts';
import type { Providers } from '../steps/regeneration.ts';
import type { CommonOptions } from './options.ts';
import { sharedFolder } from './shared-folder.ts';

/** The tools, servers and folders of one run, each made when it is first asked for. */
export interface Toolbox extends Providers {
  /** What earlier runs read off sources. */
  readonly facts: FactMemory;
  /** The tools that were found and the servers that were told apart: what a verdict on this run rests on. */
  used(): Promise<{ readonly tools: readonly Tool[]; readonly servers: readonly UsedServer[] }>;
  /** The run's scratch folder. */
  scratch(): Promise<Scratch>;
  /**
   * Starts looking for the tools and starting the servers that these steps will need, while something else is done; what goes
   * wrong is said to whoever asks for them.
   */
  warmUp(targets: readonly PlannedTarget[]): void;
  /** Stops the servers and removes the folders. Never throws. */
  close(): Promise<void>;
}

/** A kind of server with its identity. */
interface UsedServer {
  readonly dialect: DialectName;
  /** `embedded` or `system`. */
  readonly setting: string;
  readonly identity: string;
}

export interface ToolboxContext {
  readonly repo: Repository;
  readonly project: Project;
  /** Where the go.mod of each tool is read from. */
  readonly snapshot: Snapshot;
  readonly options: CommonOptions;
  /** Whether a tool that is not built yet may be built now, which takes minutes. */
  readonly mayBuild: boolean;
  /** What dbcheck itself is, as a part of keys; null where nothing is taken from earlier runs. */
  readonly identity: string | null;
  /** Asks Go again for tools that are known already. */
  readonly refresh?: boolean | undefined;
}

export function createToolbox(context: ToolboxContext): Toolbox {
  const { repo, project, snapshot, options } = context;
  const tools = new Map<ToolName, Promise<Tool>>();
  const servers = new Map<DialectName, Promise<DevServer>>();
  const identities = new Map<DialectName, Promise<string | null>>();
  const { memory, facts } = memoriesOf(context);
  let scratch: Promise<Scratch> | undefined;
  let environment: NodeJS.ProcessEnv | undefined;
  const there = new Set<string>();

  /** Notes who waits, the first one to ask and the others alike; a thousand steps ask for what is there already. */
  const waitFor = async <T>(what: string, made: Promise<T>): Promise<T> => {
    if (there.has(what)) return made;
    const value = await options.activity.during(what, () => made);
    there.add(what);
    return value;
  };
  const openScratch = (): Promise<Scratch> => {
    scratch ??= createScratch();
    return scratch;
  };
  const openTool = async (name: ToolName): Promise<Tool> => {
    const [folder, cache] = await Promise.all([openScratch(), cacheDir()]);
    return findTool(name, project.tools[name], {
      readFile: async (path) =>
        snapshot.entries.has(path) ? ((await snapshot.read([path])).get(path) ?? null) : null,
      projectRoot: join(repo.root, project.dir),
      scratchDir: await folder.folder(`tool-${name}`),
      cacheDir: cache,
      mayBuild: context.mayBuild,
      refresh: context.refresh === true,
      onProgress: options.onProgress,
      env: options.env,
      commandPlace: project.place(`tools.${name}.command`),
    });
  };
  const settingOf = (dialect: DialectName): string => project.devDatabase.get(dialect) ?? 'embedded';
  const openServer = async (dialect: DialectName): Promise<DevServer> => {
    const { openDevServer } = await import('../devdb/open-dev-server.ts');
    return openDevServer(dialect, settingOf(dialect), {
      scratch: await openScratch(),
    });
  };

  const toolbox: Toolbox = {
    ...{ memory, facts },
    scratch: openScratch,
    warmUp(targets) {
      const databases = targets.filter((target) => target.kind === 'database');
      const asked = [
        ...(databases.length > 0 ? [toolbox.tool('atlas')] : []),
        ...(targets.some(({ kind }) => kind === 'sqlc') ? [toolbox.tool('sqlc')] : []),
        ...[...new Set(databases.map(({ target }) => target.dialect))].map(toolbox.server),
      ];
      for (const one of asked) one.catch(() => undefined);
    },
    serverIdentity(dialect) {
      const known =
        identities.get(dialect) ??
        import('../devdb/server-identity.ts').then(({ serverIdentity }) =>
          serverIdentity(dialect, settingOf(dialect)),
        );
      identities.set(dialect, known);
      return known;
    },
    async used() {
      const known = await Promise.all(
        [...identities].map(async ([dialect, identity]): Promise<readonly UsedServer[]> => {
          const text = await identity;
          return text === null ? [] : [{ dialect, setting: settingOf(dialect), identity: text }];
        }),
      );
      return { tools: await Promise.all(tools.values()), servers: known.flat() };
    },
    tool(name) {
      const found = tools.get(name) ?? openTool(name);
      tools.set(name, found);
      return waitFor(`find ${name}`, found);
    },
    server(dialect) {
      const opened = servers.get(dialect) ?? openServer(dialect);
      servers.set(dialect, opened);
      return waitFor(`start a server for ${dialect}`, opened);
    },
    async isServerAlive(dialect) {
      return (await servers.get(dialect))?.isAlive() ?? true;
    },
    async workspace(name) {
      const folder = await openScratch();
      const [dir, home] = await Promise.all([folder.folder(`steps/${name}`), folder.folder('home')]);
      environment ??= foreignEnvironment(home, options.env);
      return { dir, env: environment, signal: options.signal };
    },
    async commandWorkspace(name) {
      const dir = await (await openScratch()).folder(`steps/${name}`);
      return { dir, root: repo.root, env: userEnvironment(options.env), signal: options.signal };
    },
    async matching(globs) {
      const fits = globs.map(globMatcher);
      const found = [...snapshot.entries.values()].filter(
        ({ path, mode }) => mode.startsWith('100') && fits.some((matches) => matches(path)),
      );
      const modes = new Map(found.map(({ path, mode }) => [path, mode]));
      return { files: await snapshot.read([...modes.keys()]), modes };
    },
    close: () =>
      options.activity.during('stop the servers and remove the scratch folder', async () => {
        // A server that never started has said so already to whoever asked for it.
        const opened = await Promise.allSettled(servers.values());
        // Whoever still looks for a tool would make its folder anew.
        await Promise.allSettled(tools.values());
        await Promise.all(
          opened.flatMap((server) => (server.status === 'fulfilled' ? [server.value.close()] : [])),
        );
        const folder = await scratch?.catch(() => undefined);
        await folder?.remove();
        await Promise.all([sweepScratch().catch(() => []), memory.close()]);
      }),
  };
  return toolbox;
}

function memoriesOf({ repo, project, snapshot, options, identity }: ToolboxContext): {
  readonly memory: StepMemory;
  readonly facts: FactMemory;
} {
  const { count } = options.activity;
  if (identity === null) return { memory: noMemory(count), facts: NO_FACT_MEMORY };
  const shared = sharedFolder(repo, project, snapshot);
  const writesShared = options.env['DBCHECK_CACHE_WRITE'] === '1';
  const own = cacheFolder(repo.commonDir);
  const memory = stepMemory({ own, shared, writesShared, identity }, count);
  return { memory, facts: factMemory(own, identity) };
}
