import { CheckError } from '../errors.ts';
import { type RunResult, run } from './run.ts';

/** How to run the go command. */
export interface GoRun {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds; undefined: as long as it takes. */
  readonly limit?: number | undefined;
}

/** A tool that a go.mod declares. */
export interface DeclaredTool {
  /** The import path of the program. */
  readonly package: string;
  /** The version of the module that holds it. */
  readonly version: string;
}

/** @throws CheckError `go-missing` where there is no go command; `program-killed` where the limit is over */
export async function runGo(args: readonly string[], options: GoRun): Promise<RunResult> {
  try {
    return await run('go', args, {
      cwd: options.cwd,
      env: options.env,
      timeout: options.limit,
      // A build in progress has compilers as children, which go leaves running when it is killed.
      ownGroup: options.limit !== undefined,
    });
  } catch (error) {
    if (error instanceof CheckError && error.code === 'program-missing') {
      throw new CheckError('go-missing', 'Go is not installed, and the tools are built with it', {
        hint: 'install Go (https://go.dev/dl, "apt-get install golang-go" or "brew install go"), then run "dbcheck tools"',
      });
    }
    throw error;
  }
}

/**
 * Finds the tools in the account that `go mod edit -json` gives of a go.mod.
 *
 * @returns a tool for each `tool` line; the version of one is that of the required module with the longest path
 * that its import path starts with, as Go itself decides it. A tool of no required module is left out: it would
 * be a package of the go.mod's own module.
 */
export function declaredTools(account: unknown): readonly DeclaredTool[] {
  const required = items(account, 'Require')
    .map((item) => ({ path: text(item, 'Path'), version: text(item, 'Version') }))
    .sort((one, other) => other.path.length - one.path.length);
  return items(account, 'Tool').flatMap((item) => {
    const path = text(item, 'Path');
    const module = required.find((each) => path === each.path || path.startsWith(`${each.path}/`));
    return module === undefined ? [] : [{ package: path, version: module.version }];
  });
}

/** The name that `go tool` gives to a package: its last segment, less a major version. */
export function toolNameOf(importPath: string): string {
  const segments = importPath.split('/');
  const last = segments.pop() ?? '';
  return /^v[0-9]+$/.test(last) ? (segments.pop() ?? last) : last;
}

/** The go.sum beside a go.mod. */
export function goSumOf(module: string): string {
  return module.replace(/\.mod$/, '.sum');
}

/** Go's words about the copy of a module in a folder, as words about the module itself. */
export function goWordsAbout(words: string, folder: string, module: string): string {
  const files = words.replaceAll(`${folder}/go.mod`, module).replaceAll(`${folder}/go.sum`, goSumOf(module));
  return files.replaceAll(`${folder}/`, '').trim();
}

/** The line of a go.mod that Go speaks of, if it does. */
export function lineOfGoMod(words: string): number | undefined {
  const line = /go\.mod:(\d+)/.exec(words)?.[1];
  return line === undefined ? undefined : Number(line);
}

function items(value: unknown, key: string): readonly unknown[] {
  const list = property(value, key);
  return Array.isArray(list) ? list : [];
}

function text(value: unknown, key: string): string {
  const found = property(value, key);
  return typeof found === 'string' ? found : '';
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}
