import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type SqlcConfig, type SqlcEntry, subsetSqlcConfig } from '../config/sqlc-config.ts';
import { CheckError } from '../errors.ts';
import { runBriefly } from '../process/run-briefly.ts';
import { sqlcProblems } from './sqlc-errors.ts';
import type { SourceProblem, Workspace } from './step-result.ts';
import { seeChanged, writeTree } from './tree-files.ts';

/**
 * Percent by which sqlc's heap may grow before Go looks for garbage. Its parser of SQLite makes so much of it that with Go's own
 * 100 it takes 1.9 s of processor time in place of 1.4 s; what it writes is the same, and 160 MB of memory are enough.
 */
const GARBAGE_COLLECTION = '400';

export interface SqlcInput {
  readonly config: SqlcConfig;
  readonly configBytes: Buffer;
  /** Query and schema files by path relative to the git root, schemas as the steps before made them. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** The path of the sqlc binary. */
  readonly sqlc: string;
  readonly workspace: Workspace;
  /** Tells of an output whether it is fresh: the bytes of those that are need not be held. */
  readonly isFresh: IsFresh;
}

/** Whether the snapshot has a file just as a step made it. */
export type IsFresh = (path: string, bytes: Buffer) => boolean;

/** A file that two entries of one configuration both write. */
export interface EntryCollision {
  readonly path: string;
  /** Indexes into `config.entries`. */
  readonly entries: readonly [number, number];
}

export type SqlcResult =
  | {
      readonly kind: 'made';
      /** The outputs that are not known to be fresh. */
      readonly outputs: ReadonlyMap<string, Buffer>;
      /** The paths of those that are. */
      readonly fresh: ReadonlySet<string>;
      readonly collisions: readonly EntryCollision[];
    }
  | { readonly kind: 'refused'; readonly problems: readonly SourceProblem[] };

/**
 * The step `sqlc`: runs `sqlc generate` in a tree that holds the configuration and its inputs and nothing else.
 * What is there afterwards and was not before, or differs, is an output: names are learned, never predicted.
 *
 * Entries that write into one folder run one by one, since sqlc lets the last writer win in silence and not
 * always the same one: their collisions are reported and such a file is not an output to compare.
 *
 * @throws CheckError `sqlc-failed` where sqlc fails for another reason than a source, or makes nothing and calls that success
 */
export async function generateCode(input: SqlcInput): Promise<SqlcResult> {
  const runs = entryRuns(input.config.entries);
  const outputs = new Map<string, Buffer>();
  const fresh = new Set<string>();
  const writer = new Map<string, number>();
  const collisions: EntryCollision[] = [];
  for (const [index, entries] of runs.entries()) {
    const whole = runs.length === 1;
    const configBytes = whole ? input.configBytes : await subsetSqlcConfig(input.configBytes, entries, null);
    const silentAllowed = entries.every((entry) => mayBeSilent(input.config.entries[entry]));
    const made = await generate(
      { ...input, configBytes, silentAllowed },
      join(input.workspace.dir, `run${index}`),
    );
    if (made.kind === 'refused') return made;
    const entry = entries[0] ?? 0;
    for (const path of [...made.outputs.keys(), ...made.fresh]) {
      const earlier = writer.get(path);
      if (earlier !== undefined) collisions.push({ path, entries: [earlier, entry] });
      writer.set(path, entry);
    }
    for (const [path, bytes] of made.outputs) outputs.set(path, bytes);
    for (const path of made.fresh) fresh.add(path);
  }
  for (const { path } of collisions) {
    outputs.delete(path);
    fresh.delete(path);
  }
  return { kind: 'made', outputs, fresh, collisions };
}

/** Entries by run: all together, or apart from each other where two name the same folder. */
function entryRuns(entries: readonly SqlcEntry[]): readonly (readonly number[])[] {
  const folders = entries.flatMap((entry) => [...new Set(entry.outs.map((out) => out.dir))]);
  const all = entries.map((_, index) => index);
  return new Set(folders).size === folders.length ? [all] : all.map((index) => [index]);
}

/** A plugin may have nothing to write; sqlc's own generators write for every entry. */
function mayBeSilent(entry: SqlcEntry | undefined): boolean {
  return entry?.outs.every(({ kind }) => kind === 'codegen') ?? true;
}

async function generate(
  input: SqlcInput & { readonly silentAllowed: boolean },
  dir: string,
): Promise<
  | { kind: 'made'; outputs: ReadonlyMap<string, Buffer>; fresh: ReadonlySet<string> }
  | { kind: 'refused'; problems: readonly SourceProblem[] }
> {
  const { config, configBytes, workspace, isFresh } = input;
  const tree = join(dir, 'tree');
  const cache = join(dir, 'cache');
  const given = new Map([...input.files, [config.path, configBytes]]);
  await writeTree(tree, given);
  await mkdir(cache);
  const result = await runBriefly(input.sqlc, ['generate', '-f', join(tree, config.path)], {
    cwd: join(tree, config.dir),
    env: { GOGC: GARBAGE_COLLECTION, ...workspace.env, SQLCCACHE: cache },
    signal: workspace.signal,
  });
  if (result.exitCode !== 0) return { kind: 'refused', problems: sqlcProblems(result.stderr, config, tree) };
  const outputs = new Map<string, Buffer>();
  const fresh = new Set<string>();
  await seeChanged(tree, given, (path, bytes) => {
    if (isFresh(path, bytes)) fresh.add(path);
    else outputs.set(path, bytes);
  });
  // Of no file at all every file that is there would be an orphan, to be deleted.
  if (outputs.size + fresh.size === 0 && !input.silentAllowed) {
    throw new CheckError('sqlc-failed', `sqlc ended well but made nothing of ${config.path}`, {
      place: { path: config.path },
      hint: 'see which program that is: dbcheck tools',
    });
  }
  return { kind: 'made', outputs, fresh };
}
