import type { DialectName } from '../config/dialect-names.ts';
import type { Project } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import { formatHcl, type HclFormat, type HclFormatter } from '../format/hcl-format.ts';
import { readDiskFiles, requireAsRead } from '../git/disk-files.ts';
import { displayPath } from '../git/path-bytes.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { readIndex } from '../git/snapshot.ts';
import { readWorktree } from '../git/worktree.ts';
import { writeFiles } from '../git/worktree-write.ts';
import { findTargets } from '../plan/targets.ts';
import { formatQueries } from '../sources/format-queries.ts';
import { DIALECT_OF_ENGINE } from '../sources/query-evidence.ts';
import { readQueryFile } from '../sources/read-query-file.ts';
import { openProject } from './open-project.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { isSchema, pathsToFormat } from './paths-to-format.ts';
import { readProject } from './read-project.ts';
import { targetsToJudge } from './select.ts';
import { createToolbox, type Toolbox } from './toolbox.ts';

export interface FmtOptions {
  /** List what is not formatted, and write nothing. */
  readonly check: boolean;
  /** Paths as given, relative to the current folder; empty for every schema and query file of the project. */
  readonly files: readonly string[];
}

/**
 * `dbcheck fmt`: formats HCL files in place, and query files where `format.queries` is on. A file that is not HCL is refused and
 * stays as it is. Without given files, those that a sparse checkout keeps off the disk are left out.
 *
 * @throws CheckError `no-such-file` for a given path that is no file to format; `no-target` where there is no schema;
 * `worktree-changed` where a file is edited meanwhile, and then none is written
 */
export async function fmt(options: CommonOptions, fmtOptions: FmtOptions): Promise<CommandResult> {
  const repo = await openRepository({ cwd: options.cwd, env: options.env });
  const snapshot = await readIndex(repo);
  const { project } = await readProject(repo, snapshot, options);
  const isWanted = await wantedTargets(options);
  const schemas = async (): Promise<readonly string[]> => {
    const paths = await found(repo, project, isWanted);
    if (paths.length > 0) return paths;
    throw new CheckError(
      'no-target',
      `There is nothing to format: no schema matches ${project.schemas.source}`,
    );
  };
  const dialects =
    project.format.queries === null ? new Map<string, DialectName>() : await queryDialects(options, isWanted);
  const paths =
    fmtOptions.files.length > 0
      ? await pathsToFormat(repo, options.cwd, fmtOptions.files, project, dialects)
      : dialects.size > 0
        ? [...(await found(repo, project, isWanted)), ...dialects.keys()]
        : await schemas();
  const toolbox = createToolbox({
    repo,
    project,
    snapshot,
    options,
    identity: null,
    mayBuild: options.interactive,
  });
  try {
    // Before anything is read: a tool may have to be built, in which time people go on editing.
    const formatter = paths.some(isSchema) ? await hclFormatter(toolbox) : null;
    const files = await readDiskFiles(repo, paths);
    const schemas = new Map([...files].filter(([path]) => isSchema(path)));
    const formatted = formatter === null ? new Map<string, HclFormat>() : await formatHcl(schemas, formatter);
    const schemaChanges = [...formatted].flatMap(([path, result]) =>
      result.kind === 'formatted' && result.changed ? [{ path, bytes: result.bytes }] : [],
    );
    const changes = [...schemaChanges, ...(await layOutQueries(files, dialects, project))];
    const changed = changes.map(({ path }) => path);
    if (!fmtOptions.check) {
      await requireAsRead(repo, changed, files);
      await writeFiles(
        repo,
        changes.map((change) => ({ kind: 'write', ...change })),
      );
    }
    const absent = paths.filter((path) => !files.has(path));
    return answer(formatted, { changed, absent }, fmtOptions.check);
  } finally {
    await toolbox.close();
  }
}

type IsWanted = (id: string, dialect: DialectName) => boolean;

/** The targets that `--target` names, and no others: what goes with them need not be formatted. */
async function wantedTargets(options: CommonOptions): Promise<IsWanted> {
  const { targets } = options;
  if (targets.length === 0) return () => true;
  // Refuses a name that fits no target.
  targetsToJudge(await openProject(options, { kind: 'worktree' }), 'whole', targets);
  return (id, dialect) => targets.includes(id) || targets.includes(dialect);
}

async function found(repo: Repository, project: Project, isWanted: IsWanted): Promise<readonly string[]> {
  const { entries } = await readWorktree(repo);
  return findTargets(project, entries, entries).flatMap(({ id, dialect, schemaFiles }) =>
    isWanted(id, dialect) ? schemaFiles : [],
  );
}

async function hclFormatter(toolbox: Pick<Toolbox, 'tool' | 'scratch'>): Promise<HclFormatter> {
  const [atlas, scratch] = await Promise.all([toolbox.tool('atlas'), toolbox.scratch()]);
  return { atlas: atlas.path, scratchDir: await scratch.folder('format') };
}

/** The query files that the sqlc configurations read, with their dialects. */
async function queryDialects(
  options: CommonOptions,
  isWanted: IsWanted,
): Promise<ReadonlyMap<string, DialectName>> {
  const { graph, snapshot } = await openProject(options, { kind: 'worktree' });
  return new Map(
    graph.targets.flatMap((target) =>
      target.kind === 'sqlc'
        ? target.config.entries.flatMap(({ engine, index }) =>
            (isWanted(target.id, DIALECT_OF_ENGINE[engine]) ? (target.entries[index]?.queryFiles ?? []) : [])
              .filter((path) => snapshot.entries.get(path)?.mode.startsWith('100') === true)
              .map((path) => [path, DIALECT_OF_ENGINE[engine]] as const),
          )
        : [],
    ),
  );
}

/** The query files whose layout differs, as they are to be; one that can't be read stays as it is, for lint to tell. */
async function layOutQueries(
  files: ReadonlyMap<string, Buffer>,
  dialects: ReadonlyMap<string, DialectName>,
  { format }: Project,
): Promise<readonly { readonly path: string; readonly bytes: Buffer }[]> {
  if (format.queries === null) return [];
  const queries = await Promise.all(
    [...files].flatMap(([path, bytes]) => {
      const dialect = dialects.get(path);
      return dialect === undefined ? [] : [readQueryFile(path, bytes, dialect)];
    }),
  );
  const formatted = await formatQueries(queries, format.queries);
  return queries.flatMap(({ path, bytes }) => {
    const written = formatted.get(path);
    return written === undefined || written.equals(bytes) ? [] : [{ path, bytes: written }];
  });
}

function answer(
  formatted: ReadonlyMap<string, HclFormat>,
  { changed, absent }: { readonly changed: readonly string[]; readonly absent: readonly string[] },
  check: boolean,
): CommandResult {
  const refused = [...formatted].flatMap(([path, result]) =>
    result.kind === 'invalid'
      ? [`${displayPath(path)}:${result.line}:${result.column}: ${result.message}`]
      : [],
  );
  const listed = changed.map(displayPath);
  const failed = refused.length > 0 || (check && changed.length > 0);
  // lint-staged shows "failed to spawn" for a task that fails without a word.
  const [first] = absent;
  const left =
    first === undefined
      ? []
      : [
          `left ${displayPath(first)}${absent.length > 1 ? ` and ${absent.length - 1} more` : ''}: not on disk`,
        ];
  const words = [
    ...refused,
    ...left,
    ...(check && changed.length > 0 ? ['not formatted; dbcheck fmt formats:'] : []),
  ];
  return {
    exitCode: failed ? 1 : 0,
    stdout: listed.map((line) => `${line}\n`).join(''),
    stderr: words.map((line) => `${line}\n`).join(''),
  };
}
