import { posix } from 'node:path';
import type * as z from 'zod/mini';
import type { Place } from '../errors.ts';
import type { ConfigDocument } from './config-document.ts';
import { type ConfigProblem, type ProblemKind, problemsError } from './config-problem.ts';
import { listOf } from './nearest-name.ts';
import { stageCommand } from './stage-command.ts';
import { OUTPUT_NAME, writtenNames } from './written-names.ts';
import type { TextSpan } from './yaml-items.ts';
import type { KeyPath } from './yaml-places.ts';

export { resolveSqlcInputs, sqlcInputResolver } from './sqlc-inputs.ts';
export { subsetSqlcConfig } from './sqlc-subset.ts';

interface SqlcOut {
  /** The folder, relative to the git root; '' for the root. */
  readonly dir: string;
  readonly kind: 'go' | 'json' | 'codegen';
}

/** One item of `packages` (version 1) or `sql` (version 2). */
export interface SqlcEntry {
  /** Its index in the file's list. */
  readonly index: number;
  readonly engine: 'postgresql' | 'mysql' | 'sqlite';
  /** Files, folders and patterns of `filepath.Glob`, relative to the git root; see `resolveSqlcInputs`. */
  readonly schema: readonly string[];
  readonly queries: readonly string[];
  readonly outs: readonly SqlcOut[];
  /** Of its first `out` or `path` key, else of the entry. */
  readonly place: Place;
  /**
   * The files that it names by `output_db_file_name` and its like, which sqlc lets lead out of the `out` folder; relative
   * to the git root.
   */
  readonly namedOutputs: readonly string[];
}

/** What an sqlc configuration says about files; all paths are relative to the git root. */
export interface SqlcConfig {
  readonly path: string;
  /** The folder of the file, '' for the git root. */
  readonly dir: string;
  readonly version: '1' | '2';
  readonly entries: readonly SqlcEntry[];
  /** Where the lines of each entry of the file stand in its text, for `subsetSqlcConfig`; null where they can't be told apart. */
  readonly entryLines: readonly TextSpan[] | null;
  /** Whether `generate` asks a database, so that its output depends on more than files. */
  readonly usesDatabase: boolean;
  /** Whether a plugin runs whose bytes the configuration doesn't pin by a checksum, or that is given variables. */
  readonly usesUnpinnedPlugin: boolean;
  /** Programs that sqlc starts as plugins. */
  readonly pluginCommands: readonly { readonly command: string; readonly place: Place }[];
}

function kindOf(path: string): ProblemKind {
  return {
    code: 'sqlc-config-invalid',
    hint: `mend the sqlc configuration, then run: ${stageCommand(path)}`,
  };
}

type EntryV1 = z.infer<typeof import('./sqlc-definition.ts').sqlcVersion1>['packages'][number];
type EntryV2 = z.infer<typeof import('./sqlc-definition.ts').sqlcVersion2>['sql'][number];

/** An output folder as written, with the keys that lead to it. */
interface WrittenOut {
  readonly keys: KeyPath;
  readonly out: string;
  readonly kind: SqlcOut['kind'];
}

interface WrittenEntry {
  readonly keys: KeyPath;
  readonly engine: SqlcEntry['engine'];
  readonly entry: EntryV1 | EntryV2;
  readonly outs: readonly WrittenOut[];
}

/**
 * Reads an sqlc configuration of version 1 or 2, YAML or JSON.
 *
 * @param path of the file, relative to the git root
 * @throws CheckError `sqlc-config-invalid` with file, line and column if it is broken or empty, or a path leaves the
 * git repository
 */
export async function readSqlcConfig(path: string, bytes: Buffer): Promise<SqlcConfig> {
  const { readConfigDocument } = await import('./config-document.ts');
  const document = readConfigDocument(path, bytes, { ...kindOf(path), strict: false });
  const version = versionOf(document);
  const written = version === '1' ? await entriesV1(document) : await entriesV2(document);
  const folder = posix.dirname(path);
  const dir = folder === '.' ? '' : folder;

  const problems: ConfigProblem[] = [];
  const relative = (source: string, keys: KeyPath): string => {
    const joined = joinSqlcPath(dir, source);
    if (joined === null) {
      problems.push({ place: document.valuePlace(keys), text: `\`${source}\` leaves the git repository` });
    }
    return joined ?? '';
  };
  const relatives = (value: string | readonly string[] | null | undefined, keys: KeyPath): string[] =>
    typeof value === 'string'
      ? [relative(value, keys)]
      : (value ?? []).map((source, index) => relative(source, [...keys, index]));
  const entries = written.entries.map(({ keys, engine, entry, outs }, index): SqlcEntry => {
    const schema = relatives(entry.schema, [...keys, 'schema']);
    const queries = relatives(entry.queries, [...keys, 'queries']);
    const folders = outs.map(({ out, kind, keys: outKeys }) => ({ dir: relative(out, outKeys), kind }));
    const names = writtenNames(entry, OUTPUT_NAME);
    return {
      ...{ index, engine, schema, queries, outs: folders },
      place: document.keyPlace(outs[0]?.keys ?? keys),
      namedOutputs: folders.flatMap(({ dir: out }) => names.map(({ name }) => posix.join(out, name))),
    };
  });
  for (const { keys, entry, outs } of written.entries) {
    problems.push(...leadingAway(document, dir, { keys, entry, outs }));
  }
  if (problems.length > 0) {
    throw problemsError(problems, kindOf(path));
  }
  return {
    path,
    dir,
    version,
    entries,
    entryLines: document.itemLines([version === '1' ? 'packages' : 'sql']),
    usesDatabase: written.entries.some(({ entry }) => asksDatabase(entry)),
    usesUnpinnedPlugin: written.usesUnpinnedPlugin,
    pluginCommands: written.pluginCommands,
  };
}

/** Outputs that sqlc would write where git keeps its own files, or out of the repository by a file's name. */
function leadingAway(
  document: ConfigDocument,
  dir: string,
  { keys, entry, outs }: Pick<WrittenEntry, 'keys' | 'entry' | 'outs'>,
): readonly ConfigProblem[] {
  const names = writtenNames(entry, OUTPUT_NAME).flatMap(({ keys: below, name }) =>
    outs.map(({ out }) => ({ keys: [...keys, ...below], source: name, path: `${out}/${name}` })),
  );
  const places = outs.map(({ out, keys: at }) => ({ keys: at, source: out, path: out }));
  const paths = [...places, ...names].flatMap(({ keys: at, source, path }): ConfigProblem[] => {
    const joined = joinSqlcPath(dir, path);
    const place = document.valuePlace(at);
    if (joined === null) {
      // An `out` folder has been said already.
      return source === path ? [] : [{ place, text: `\`${source}\` leaves the git repository` }];
    }
    const isGits = joined.split('/').some((segment) => segment.toLowerCase() === '.git');
    return isGits ? [{ place, text: `\`${source}\` points into \`.git\`` }] : [];
  });
  const suffixes = writtenNames(entry, /^output_files_suffix$/)
    .filter(({ name }) => name.includes('/'))
    .map(({ keys: below, name }) => ({
      place: document.valuePlace([...keys, ...below]),
      text: `\`${name}\` is no end of a file name: it has a \`/\``,
    }));
  return [...paths, ...suffixes];
}

/** As sqlc joins them with `filepath.Join`, which takes an absolute path for one below the folder. */
function joinSqlcPath(dir: string, source: string): string | null {
  const joined = posix.normalize(`./${dir}/${source}`);
  if (joined === '..' || joined.startsWith('../')) {
    return null;
  }
  return joined === '.' || joined === './' ? '' : joined.replace(/\/$/, '');
}

function versionOf(document: ConfigDocument): '1' | '2' {
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const text =
      value === null || value === undefined ? 'the file is empty' : 'the file is no mapping of keys';
    throw problemsError(
      [{ place: document.valuePlace([]), text: `${text}; sqlc needs at least \`version\` and \`sql\`` }],
      kindOf(document.path),
    );
  }
  const version: unknown = Object.getOwnPropertyDescriptor(value, 'version')?.value;
  const text = typeof version === 'number' || typeof version === 'string' ? String(version) : null;
  if (text === '1' || text === '2') {
    return text;
  }
  throw problemsError(
    [
      {
        place: document.valuePlace(['version']),
        text: `\`version\` must be ${listOf(['1', '2'], 'or')}${text === null ? ', but is missing' : `, but is \`${text}\``}`,
      },
    ],
    kindOf(document.path),
  );
}

interface WrittenConfig {
  readonly entries: readonly WrittenEntry[];
  readonly usesUnpinnedPlugin: boolean;
  readonly pluginCommands: SqlcConfig['pluginCommands'];
}

async function entriesV1(document: ConfigDocument): Promise<WrittenConfig> {
  const { sqlcVersion1 } = await import('./sqlc-definition.ts');
  const { packages } = await validate(document, sqlcVersion1);
  const entries = packages.map((entry, index): WrittenEntry => {
    const keys = ['packages', index];
    return {
      keys,
      engine: entry.engine ?? 'postgresql',
      entry,
      outs: [{ keys: [...keys, 'path'], out: entry.path, kind: 'go' }],
    };
  });
  return { entries, usesUnpinnedPlugin: false, pluginCommands: [] };
}

async function entriesV2(document: ConfigDocument): Promise<WrittenConfig> {
  const { sqlcVersion2 } = await import('./sqlc-definition.ts');
  const { sql, plugins } = await validate(document, sqlcVersion2);
  const entries = sql.map((entry, index): WrittenEntry => {
    const keys = ['sql', index];
    const outs: WrittenOut[] = (entry.codegen ?? []).map(({ out }, at) => ({
      keys: [...keys, 'codegen', at, 'out'],
      out,
      kind: 'codegen',
    }));
    for (const kind of ['json', 'go'] as const) {
      const out = entry.gen?.[kind]?.out;
      if (out !== undefined) {
        outs.unshift({ keys: [...keys, 'gen', kind, 'out'], out, kind });
      }
    }
    return { keys, engine: entry.engine, entry, outs };
  });
  const pluginCommands = (plugins ?? []).flatMap(({ process }, index) => {
    const place = document.valuePlace(['plugins', index, 'process', 'cmd']);
    return typeof process?.cmd === 'string' ? [{ command: process.cmd, place }] : [];
  });
  const usesUnpinnedPlugin = (plugins ?? []).some(({ wasm, env }) => !wasm?.sha256 || isFilled(env));
  return { entries, usesUnpinnedPlugin, pluginCommands };
}

async function validate<T extends z.ZodMiniType>(
  document: ConfigDocument,
  definition: T,
): Promise<z.infer<T>> {
  const result = definition.safeParse(document.value);
  if (result.success) {
    return result.data;
  }
  const { issueProblems } = await import('./issue-text.ts');
  throw problemsError(issueProblems(result.error.issues, document, definition), kindOf(document.path));
}

function isFilled(list: unknown): boolean {
  return list !== undefined && list !== null && !(Array.isArray(list) && list.length === 0);
}

/** sqlc's reader takes YAML 1.1's words for false, which are plain text here. */
function asksDatabase({ database, analyzer }: EntryV1 | EntryV2): boolean {
  return (
    database !== null && database !== undefined && !/^(false|n|no|off)$/i.test(String(analyzer?.database))
  );
}
