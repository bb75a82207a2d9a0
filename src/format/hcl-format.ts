import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { CheckError } from '../errors.ts';
import { foreignEnvironment } from '../process/environment.ts';
import { inARow } from '../process/in-a-row.ts';
import { runBriefly } from '../process/run-briefly.ts';
import { type HclDiagnostic, readHclDiagnostic } from './hcl-diagnostic.ts';
import { parseHcl } from './hcl-syntax.ts';
import { readPlainHcl } from './plain-hcl.ts';
import { firstInvalidUtf8 } from './text-position.ts';

/** A file in its canonical layout, or where it stops being HCL. */
export type HclFormat =
  | { readonly kind: 'formatted'; readonly bytes: Buffer; readonly changed: boolean }
  | { readonly kind: 'invalid'; readonly line: number; readonly column: number; readonly message: string };

/** Who does the formatting: Atlas, so that its layout is the one of the version that the repository is pinned to. */
export interface HclFormatter {
  /** The absolute path of the Atlas binary. */
  readonly atlas: string;
  /** An absolute folder that is there, outside the repository; what is made there is gone again afterwards. */
  readonly scratchDir: string;
}

/** A parser's complaint that is made on purpose, and so proves that it has read the file. */
const SENTINEL = Buffer.from('dbcheck_sentinel = 1\ndbcheck_sentinel = 1\n');
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** A file that must be changed: a program that answers `schema fmt` with its help and exit code 0 doesn't do it. */
const CANARY = 'canary.hcl';
const LIMIT = 60_000;

/**
 * Formats HCL files as `atlas schema fmt` does, byte for byte: line ends, a missing final newline and the text of
 * heredocs stay, a byte order mark goes. What is not HCL is never formatted, which Atlas itself would do.
 *
 * @param files bytes by any name; the names mean nothing here
 * @returns an entry for each name, in the same order; a column counts characters as a person sees them
 * @throws CheckError `format-failed` where Atlas doesn't do what it is asked for
 */
export async function formatHcl(
  files: ReadonlyMap<string, Buffer>,
  formatter: HclFormatter,
): Promise<ReadonlyMap<string, HclFormat>> {
  return (await startFormat(files, async () => formatter)).formats;
}

/**
 * The same for whoever has something else to do meanwhile.
 *
 * @param formatter asked for where there is a file
 * @returns once Atlas is at work; `formats` rejects as `formatHcl` does
 */
export async function startFormat(
  files: ReadonlyMap<string, Buffer>,
  formatter: () => Promise<HclFormatter>,
): Promise<{ readonly formats: Promise<ReadonlyMap<string, HclFormat>> }> {
  if (files.size === 0) return { formats: Promise.resolve(new Map()) };
  const given = await formatter();
  const folder = await mkdtemp(join(given.scratchDir, 'hcl-'));
  const sources = [...files.values()];
  const started = await startAtlas(sources, folder, given);
  const finish = async (): Promise<ReadonlyMap<string, HclFormat>> => {
    try {
      const [formatted, errors] = await Promise.all([started.formatted, errorsOf(sources, folder, given)]);
      return new Map(
        [...files.keys()].map((name, index) => [name, judge(sources, formatted, errors, index)]),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  const formats = finish();
  // Whoever waits for it later is told.
  formats.catch(() => undefined);
  return { formats };
}

/** For each file its first error; Atlas is asked where it can have one. */
async function errorsOf(
  sources: readonly Buffer[],
  folder: string,
  formatter: HclFormatter,
): Promise<readonly FirstError[]> {
  const doubtful = sources.filter((bytes) => readPlainHcl(bytes) === null);
  if (doubtful.length === 0 || (await areAllValid(doubtful, folder, formatter))) {
    return sources.map(() => null);
  }
  const { default: pLimit } = await import('p-limit');
  const limit = pLimit(availableParallelism());
  return Promise.all(
    sources.map((bytes, index) =>
      doubtful.includes(bytes) ? limit(() => firstError(bytes, index, folder, formatter)) : null,
    ),
  );
}

type FirstError = Omit<HclDiagnostic, 'others'> | null;

function judge(
  sources: readonly Buffer[],
  formatted: readonly Buffer[],
  errors: readonly FirstError[],
  index: number,
): HclFormat {
  const [source, bytes, error] = [sources[index], formatted[index], errors[index]];
  if (source === undefined || bytes === undefined) throw new RangeError('a file was lost on the way');
  if (error) return { kind: 'invalid', line: error.line, column: error.column, message: error.message };
  return { kind: 'formatted', bytes, changed: !bytes.equals(source) };
}

async function startAtlas(
  sources: readonly Buffer[],
  folder: string,
  formatter: HclFormatter,
): Promise<{ readonly formatted: Promise<Buffer[]> }> {
  const cwd = join(folder, 'fmt');
  await mkdir(cwd);
  // A name that only a program can know that has read it.
  const key = `a${randomUUID()}`;
  await writeFile(join(cwd, CANARY), `${key}=1\n`);
  await inARow(sources, (bytes, index) => writeFileSync(join(cwd, `${index}.hcl`), bytes));
  const running = runAtlas(['schema', 'fmt', '.'], cwd, folder, formatter);
  const formatted = formattedBy(running, sources, key, cwd, formatter);
  formatted.catch(() => undefined);
  return { formatted };
}

async function formattedBy(
  running: ReturnType<typeof runAtlas>,
  sources: readonly Buffer[],
  key: string,
  cwd: string,
  formatter: HclFormatter,
): Promise<Buffer[]> {
  const result = await running;
  const canary = await readFile(join(cwd, CANARY), 'utf8');
  if (result.exitCode !== 0 || canary !== `${key} = 1\n`) {
    throw failure(formatter, 'does not format HCL', result.stderr);
  }
  // What is laid out already is there once, not twice.
  return inARow(sources, (source, index) => {
    const bytes = readFileSync(join(cwd, `${index}.hcl`));
    return bytes.equals(source) ? source : bytes;
  });
}

/**
 * Asks Atlas's parser for the first error in a file. Atlas parses without a database only what it takes for its own
 * configuration, and goes on to evaluate that, which can run programs (`data "external"`). So it never gets a file
 * that parses: a redefined attribute is put in front, and if that is the only complaint then there is no other.
 */
async function firstError(bytes: Buffer, index: number, folder: string, formatter: HclFormatter) {
  const badByte = firstInvalidUtf8(bytes);
  if (badByte !== null) return { ...badByte, message: 'Invalid character encoding: the file is not UTF-8' };
  if (await isValid(withoutMark(bytes), `${index}-guarded.hcl`, folder, formatter)) return null;
  return complaint(bytes, `${index}-plain.hcl`, folder, formatter);
}

/**
 * Whether Atlas's parser has nothing to say of any of the files, asked once for all of them. They are given to it as one
 * text, in which the end of one file could mend the beginning of the next; so each has to be whole by itself too.
 */
async function areAllValid(
  sources: readonly Buffer[],
  folder: string,
  formatter: HclFormatter,
): Promise<boolean> {
  if (sources.length < 2 || !sources.every((bytes) => bytes.length === 0 || bytes.at(-1) === 0x0a))
    return false;
  for (const bytes of sources) if ((await parseHcl(bytes)).kind !== 'ok') return false;
  return isValid(Buffer.concat(sources.map(withoutMark)), 'all-guarded.hcl', folder, formatter);
}

async function isValid(
  bytes: Buffer,
  name: string,
  folder: string,
  formatter: HclFormatter,
): Promise<boolean> {
  const guarded = await complaint(Buffer.concat([SENTINEL, bytes]), name, folder, formatter);
  return guarded.line === 2 && guarded.column === 1 && guarded.others === 0;
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
}

async function complaint(bytes: Buffer, name: string, folder: string, formatter: HclFormatter) {
  await writeFile(join(folder, name), bytes);
  const args = ['schema', 'inspect', '--config', `file://${name}`, '--env', 'dbcheck'];
  const result = await runAtlas(args, folder, folder, formatter);
  const diagnostic = readHclDiagnostic(name, result.stderr);
  if (result.exitCode === 0 || diagnostic === null)
    throw failure(formatter, 'does not parse HCL', result.stderr);
  return diagnostic;
}

function runAtlas(args: readonly string[], cwd: string, home: string, formatter: HclFormatter) {
  return runBriefly(formatter.atlas, args, { cwd, env: foreignEnvironment(home), timeout: LIMIT });
}

function failure(formatter: HclFormatter, claim: string, words: string): CheckError {
  return new CheckError('format-failed', `${formatter.atlas} ${claim}\n${words.trim()}`.trimEnd(), {
    hint: 'dbcheck tools',
  });
}
