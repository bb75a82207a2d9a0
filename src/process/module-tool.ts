import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dirname as folderOf } from 'node:path/posix';
import type { ToolName } from '../config/project.ts';
import { shellWord, stageCommand } from '../config/stage-command.ts';
import { CheckError } from '../errors.ts';
import { goEnvironment } from './go-environment.ts';
import {
  declaredTools,
  type GoRun,
  goSumOf,
  goWordsAbout,
  lineOfGoMod,
  runGo,
  toolNameOf,
} from './go-module.ts';
import { runnable } from './search-path.ts';
import type { ToolContext } from './tool.ts';
import { recall, remember } from './tool-memory.ts';

/** A tool as its go.mod has it: where it was built, and the version that is asked for. */
export interface ModuleTool {
  readonly path: string;
  readonly pin: string;
  /** What `recallModuleTool` knows it by. */
  readonly memoryKey: string;
}

/** Go needs a quarter of a second, and more than 8 s where many checks run at once; a hook that is wrong about it refuses a commit. */
const DEFAULT_LIMIT = 30_000;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Finds the tool of a go.mod in Go's build cache, building it where there is time.
 *
 * The path is remembered by the bytes of go.mod and go.sum. They name the tool wholly, so that Go is not asked
 * again as long as the file is there.
 *
 * @param module the path of the go.mod in the snapshot
 * @param goMod its bytes
 * @throws CheckError `tool-module` where the module doesn't declare the tool or lacks its go.sum, `tool-not-built`
 * where there is no time to build it, `tool-build-failed` with Go's own words, `go-missing`
 */
export async function findModuleTool(
  name: ToolName,
  module: string,
  goMod: Buffer,
  context: ToolContext,
): Promise<ModuleTool> {
  const goSum = await context.readFile(goSumOf(module));
  if (goSum === null) {
    throw new CheckError(
      'tool-module',
      `${goSumOf(module)} is missing beside ${module}, so that ${name} is not pinned`,
      {
        place: { path: module },
        hint: `(${TO_ROOT} && cd ${shellWord(folderOf(module))} && go mod tidy) && ${stageCommand(goSumOf(module))}`,
      },
    );
  }
  const key = `module-${name}-${hashOf(goMod, goSum)}`;
  if (context.refresh !== true) {
    const known = await recallModuleTool(context.cacheDir, key);
    if (known !== null) return known;
  }
  const folder = await mkdtemp(join(context.scratchDir, 'go-module-'));
  try {
    await writeFile(join(folder, 'go.mod'), goMod);
    await writeFile(join(folder, 'go.sum'), goSum);
    const found = await askGo(name, module, folder, context);
    await remember(context.cacheDir, key, { path: found.path, pin: found.pin });
    return { ...found, memoryKey: key };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The tool of a go.mod and its go.sum as it was found before; null where Go has to be asked. */
export async function recallModuleTool(cacheDir: string, memoryKey: string): Promise<ModuleTool | null> {
  const fact = await recall(cacheDir, memoryKey);
  const path = fact?.['path'];
  const pin = fact?.['pin'];
  if (typeof path !== 'string' || typeof pin !== 'string') return null;
  if ((await runnable(path)) !== 'runnable') return null;
  await keepInBuildCache(path);
  return { path, pin, memoryKey };
}

/**
 * Go drops what its build cache has not been asked for in five days, going by the time of the folder that it keeps
 * an executable in, and a remembered path is never asked for: so the folder is marked as used, as Go does itself.
 */
async function keepInBuildCache(path: string): Promise<void> {
  const folder = dirname(path);
  if (!/^[0-9a-f]{64}-d$/.test(basename(folder))) return;
  try {
    const now = new Date();
    if (now.getTime() - (await stat(folder)).mtimeMs > DAY) await utimes(folder, now, now);
  } catch {
    // Somebody else's cache: then it is built again some day.
  }
}

async function askGo(
  name: ToolName,
  module: string,
  folder: string,
  context: ToolContext,
): Promise<Omit<ModuleTool, 'memoryKey'>> {
  const options: GoRun = {
    cwd: folder,
    env: goEnvironment(context.env ?? process.env),
    limit: context.mayBuild ? undefined : (context.nameLimit ?? DEFAULT_LIMIT),
  };
  const declared = await readModule(name, module, options);
  const stop = tellProgress(`building ${name} ${declared.version} as ${module} says`, context);
  try {
    const result = await runGo(['tool', '-n', declared.package], options);
    const path = result.stdout.toString().trim();
    if (result.exitCode !== 0 || (await runnable(path)) !== 'runnable') {
      const words = goWordsAbout(result.stderr, folder, module).split('\n').slice(-15).join('\n');
      throw new CheckError('tool-build-failed', `${name} can't be built as ${module} says\n${words}`, {
        place: { path: module },
        hint: `(${TO_ROOT} && cd ${shellWord(folderOf(module))} && go mod tidy && go tool -n ${name})`,
      });
    }
    return { path, pin: declared.version };
  } catch (error) {
    if (context.mayBuild || !(error instanceof CheckError && error.code === 'program-killed')) throw error;
    throw new CheckError(
      'tool-not-built',
      `${name} ${declared.version} is not built yet, which takes minutes`,
      {
        place: { path: module },
        hint: 'dbcheck tools',
      },
    );
  } finally {
    stop();
  }
}

async function readModule(name: ToolName, module: string, options: GoRun) {
  const account = await runGo(['mod', 'edit', '-json'], options);
  if (account.exitCode !== 0) {
    const line = lineOfGoMod(account.stderr);
    throw new CheckError(
      'tool-module',
      `Go can't read ${module}\n${goWordsAbout(account.stderr, options.cwd, module)}`,
      {
        place: { path: module, line },
        hint: line === undefined ? 'mend what it is, as Go says above' : 'mend the file, and stage it',
      },
    );
  }
  const parsed: unknown = JSON.parse(account.stdout.toString());
  const found = declaredTools(parsed).filter((tool) => toolNameOf(tool.package) === name);
  const [declared, second] = found;
  if (declared === undefined) {
    throw new CheckError('tool-module', `${module} declares no tool named ${name}`, {
      place: { path: module },
      hint: `(${TO_ROOT} && cd ${shellWord(folderOf(module))} && ${getCommand(name)}) && ${stageCommand(module)} ${shellWord(`:/${goSumOf(module)}`)}, or name the program itself as tools.${name}.command`,
    });
  }
  if (second !== undefined) {
    throw new CheckError(
      'tool-module',
      `${module} declares two tools named ${name}: ${declared.package} and ${second.package}`,
      { place: { path: module }, hint: `go mod edit -droptool=${second.package} ${module}` },
    );
  }
  return declared;
}

/** Paths are relative to the git root, and people stand in any folder. */
export const TO_ROOT = 'cd "$(git rev-parse --show-toplevel)"';

/**
 * How a module gets a tool. The two can't share one: sqlc raises a dependency to a version that Atlas's don't
 * compile with. Atlas v0.13.1 is the newest release that Go's proxy serves, and needs a newer x/tools than its own.
 */
export function getCommand(name: ToolName): string {
  const packages = {
    atlas: 'ariga.io/atlas/cmd/atlas@v0.13.1 && go get golang.org/x/tools@v0.44.0',
    sqlc: 'github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1',
  };
  return `go get -tool ${packages[name]}`;
}

/** Says nothing about what is done within a second, then says how long it has taken. */
function tellProgress(text: string, context: ToolContext): () => void {
  if (!context.mayBuild) return () => undefined;
  const start = Date.now();
  const timer = setInterval(() => {
    context.onProgress(`${text} (${Math.round((Date.now() - start) / 1000)} s)`);
  }, 1000);
  return () => clearInterval(timer);
}

function hashOf(goMod: Buffer, goSum: Buffer): string {
  const each = [goMod, goSum].map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  return createHash('sha256').update(each.join(' ')).digest('hex');
}
