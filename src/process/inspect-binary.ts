import { createHash } from 'node:crypto';
import type { ToolName } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import { foreignEnvironment } from './environment.ts';
import { goEnvironment } from './go-environment.ts';
import { run } from './run.ts';
import type { ToolContext } from './tool.ts';
import { fileDigest, fileStamp, isTheToolItself, unprovenDigest } from './tool-identity.ts';
import { type Fact, recall, remember } from './tool-memory.ts';
import { type BuildInfo, readBuildInfo, readVersionAnswer } from './tool-version.ts';

/** What a program tells about itself. */
export interface Inspection {
  readonly digest: string;
  readonly answeredVersion: string | null;
  readonly moduleVersion: string | null;
  readonly cgo: boolean | null;
}

const ANSWER_LIMIT = 20_000;

/**
 * Takes a tool's digest, asks it for its version, and reads what the Go linker left in it. For a binary that is the
 * tool itself all of it is remembered until the file changes; any other program is asked every time.
 *
 * @param home a private folder to run it in
 * @throws CheckError `tool-broken` where it can't be run, or doesn't answer as such a tool does
 */
export async function inspectBinary(
  name: ToolName,
  path: string,
  home: string,
  context: ToolContext,
): Promise<Inspection> {
  if (!(await isTheToolItself(name, path))) {
    return { digest: unprovenDigest(), ...(await ask(name, path, home, context)) };
  }
  const stamp = await fileStamp(path);
  const key = memoryKey(name, path);
  if (stamp !== null) {
    const known = asInspection(await recall(context.cacheDir, key), stamp);
    if (known !== null) return known;
  }
  const [digest, answers] = await Promise.all([fileDigest(path), ask(name, path, home, context)]);
  const inspection = { digest, ...answers };
  // Only what was the same before and after is known to be the file that the digest is of.
  if (stamp !== null && stamp === (await fileStamp(path))) {
    await remember(context.cacheDir, key, { stamp, ...inspection });
  }
  return inspection;
}

/** A tool's digest as it is remembered; null where the file would have to be read, or can't be told by its bytes. */
export async function recallDigest(name: ToolName, path: string, cacheDir: string): Promise<string | null> {
  if (!(await isTheToolItself(name, path))) return null;
  const stamp = await fileStamp(path);
  const fact = await recall(cacheDir, memoryKey(name, path));
  return stamp === null ? null : (asInspection(fact, stamp)?.digest ?? null);
}

function memoryKey(name: ToolName, path: string): string {
  return `binary-${name}-${createHash('sha256').update(path).digest('hex')}`;
}

function asInspection(fact: Fact | null, stamp: string): Inspection | null {
  if (fact === null || fact['stamp'] !== stamp) return null;
  const { digest, answeredVersion, moduleVersion, cgo } = fact;
  if (typeof digest !== 'string' || !isTextOrNull(answeredVersion) || !isTextOrNull(moduleVersion))
    return null;
  if (typeof cgo === 'string' || cgo === undefined) return null;
  return { digest, answeredVersion, moduleVersion, cgo };
}

function isTextOrNull(value: Fact[string] | undefined): value is string | null {
  return value === null || typeof value === 'string';
}

async function ask(name: ToolName, path: string, home: string, context: ToolContext) {
  const [answeredVersion, build] = await Promise.all([
    askVersion(name, path, home, context),
    askLinker(path, home, context),
  ]);
  return { answeredVersion, moduleVersion: build.version, cgo: build.cgo };
}

async function askVersion(
  name: ToolName,
  path: string,
  home: string,
  context: ToolContext,
): Promise<string | null> {
  const env = foreignEnvironment(home, context.env ?? process.env);
  const result = await run(path, ['version'], { cwd: home, env, timeout: ANSWER_LIMIT }).catch(
    (error: unknown) => {
      if (!(error instanceof CheckError)) throw error;
      throw new CheckError('tool-broken', `${path} can't be run as ${name}: ${error.message}`, {
        cause: error,
      });
    },
  );
  const text = result.stdout.toString();
  const answer = readVersionAnswer(name, text);
  if (result.exitCode !== 0 || answer.kind === 'garbage') {
    const words = excerpt(`${text}\n${result.stderr}`);
    throw new CheckError(
      'tool-broken',
      `${path} is not ${name}: its "version" ends with exit code ${result.exitCode} and says ${words === '' ? 'nothing' : words}`,
    );
  }
  return answer.version;
}

async function askLinker(path: string, home: string, context: ToolContext): Promise<BuildInfo> {
  const nothing = { version: null, cgo: null };
  const env = goEnvironment(context.env ?? process.env);
  try {
    const result = await run('go', ['version', '-m', path], { cwd: home, env, timeout: ANSWER_LIMIT });
    return readBuildInfo(result.stdout.toString()) ?? nothing;
  } catch (error) {
    // Without Go, as with a tool that was downloaded, its own answer has to do.
    if (error instanceof CheckError) return nothing;
    throw error;
  }
}

/** The first words of a program that says the wrong thing, on one line and without control characters. */
function excerpt(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}
