import { globMatcher } from '../config/glob.ts';
import { lintBaselinePath } from '../config/lint-baseline-name.ts';
import type { Project } from '../config/project.ts';
import { type SqlcEntry, sqlcInputResolver } from '../config/sqlc-config.ts';
import type { Closure } from './closure.ts';
import { matchSchema } from './matched-paths.ts';
import { foldersAround } from './paths.ts';
import type { Reason } from './reason.ts';
import type { PlannedTarget, SqlcSteps } from './steps.ts';
import { type DatabaseTarget, overridesDir } from './targets.ts';

/** Why changed paths have to do with a target itself, each with its first reason. */
type OwnReasons = ReadonlyMap<string, Reason>;

/** What a set of changed paths has to do with targets, without what these read of each other. */
export interface OwnChanges {
  /** In the order of the changed paths. */
  reasonsOf(target: PlannedTarget): readonly Reason[];
  /** The changed paths that an entry of an sqlc configuration reads or writes. */
  pathsOf(entry: SqlcEntry): readonly string[];
}

/** Sorts changed paths by the targets that they are sources, outputs, configurations or pins of. */
export function ownChanges(closure: Closure, changedPaths: readonly string[]): OwnChanges {
  const { project, headConfigFile } = closure;
  const order = new Map(changedPaths.map((path, index) => [path, index]));
  const changes = changeIndex(changedPaths);
  const having = (kind: Reason['kind'] & ('config' | 'tool' | 'source'), has: (path: string) => boolean) =>
    new Map(changedPaths.filter(has).map((path): [string, Reason] => [path, { kind, path }]));
  const configFiles = new Set([project.configFile, headConfigFile, lintBaselinePath(project)]);
  const config = having('config', (path) => configFiles.has(path));
  const tools = {
    atlas: having('tool', (path) => isToolFile(project, 'atlas', path)),
    sqlc: having('tool', (path) => isToolFile(project, 'sqlc', path)),
  };
  const extractInputs = having('source', isExtractInput(project));
  const schemas = schemasByTarget(project, changedPaths);
  const former = new Map(closure.headConfigs.map((other) => [other.path, other]));

  const ofDatabase = (id: string, target: DatabaseTarget): OwnReasons => {
    const made = [target.sqlcSchema, ...changes.below(target.migrationsDir)].filter((path) =>
      order.has(path),
    );
    const written = schemas.get(id) ?? [];
    return firstReasons([tools.atlas, reasons('output', made), extractInputs, reasons('source', written)]);
  };
  const ofSqlc = (steps: SqlcSteps): OwnReasons => {
    const older = former.get(steps.id);
    const configs = older === undefined || older === steps.config ? [steps.config] : [steps.config, older];
    const own: OwnReasons = order.has(steps.id)
      ? new Map([[steps.id, { kind: 'config', path: steps.id }]])
      : new Map();
    const ofEntries = configs
      .flatMap(({ entries }) => entries.map((entry) => entryReasons(entry, changes)))
      .filter(({ size }) => size > 0);
    return firstReasons([own, tools.sqlc, ...ofEntries]);
  };
  const ownOf = (target: PlannedTarget): OwnReasons => {
    if (target.kind === 'sqlc') return ofSqlc(target);
    const database = ofDatabase(target.id, target.target);
    if (target.kind !== 'derived') return database;
    const overrides = reasons('source', changes.below(overridesDir(target.target.sqlcSchema)));
    return firstReasons([overrides, database]);
  };
  return {
    reasonsOf: (target) =>
      [...firstReasons([config, ownOf(target)])]
        .sort(([left], [right]) => (order.get(left) ?? 0) - (order.get(right) ?? 0))
        .map(([, reason]) => reason),
    pathsOf: (entry) => [...entryReasons(entry, changes).keys()],
  };
}

/** Changed paths, to be looked up. */
interface ChangeIndex {
  has(path: string): boolean;
  /** Those inside a folder; all are inside ''. */
  below(folder: string): readonly string[];
  /** Those that sqlc reads for these patterns. */
  read(patterns: readonly string[]): readonly string[];
}

function changeIndex(changedPaths: readonly string[]): ChangeIndex {
  const all = new Set(changedPaths);
  const folders = new Map<string, string[]>([['', [...changedPaths]]]);
  for (const path of changedPaths) {
    for (const folder of foldersAround(path)) {
      const known = folders.get(folder);
      if (known === undefined) folders.set(folder, [path]);
      else known.push(path);
    }
  }
  // A file may have given way to a folder of its name: no tree has both, and sqlc reads one or the other.
  const [replaced, others] = [true, false].map((isFolder) =>
    sqlcInputResolver(changedPaths.filter((path) => folders.has(path) === isFolder)),
  );
  return {
    has: (path) => all.has(path),
    below: (folder) => folders.get(folder) ?? [],
    read: (patterns) => [replaced, others].flatMap((resolve) => resolve?.(patterns).files ?? []),
  };
}

const NOTHING: OwnReasons = new Map();

function entryReasons(entry: SqlcEntry, changes: ChangeIndex): OwnReasons {
  if (!mayConcern(entry, changes)) return NOTHING;
  const named = entry.namedOutputs.flatMap((path) => [
    ...(changes.has(path) ? [path] : []),
    ...changes.below(path),
  ]);
  const made = entry.outs.flatMap(({ dir }) => changes.below(dir));
  return firstReasons([
    reasons('source', changes.read([...entry.queries, ...entry.schema])),
    reasons('output', [...named, ...made]),
  ]);
}

/** Whether it is worth a closer look: most of a thousand entries have nothing to do with a change. */
function mayConcern({ queries, schema, outs, namedOutputs }: SqlcEntry, changes: ChangeIndex): boolean {
  const isAt = (path: string): boolean => changes.has(path) || changes.below(path).length > 0;
  const mayRead = (pattern: string): boolean => /[*?[\]]/.test(pattern) || isAt(pattern);
  return (
    queries.some(mayRead) ||
    schema.some(mayRead) ||
    outs.some(({ dir }) => isAt(dir)) ||
    namedOutputs.some(isAt)
  );
}

function reasons(kind: 'source' | 'output', paths: readonly string[]): OwnReasons {
  return paths.length === 0 ? NOTHING : new Map(paths.map((path) => [path, { kind, path }]));
}

function firstReasons(found: readonly OwnReasons[]): OwnReasons {
  // Nothing changed of most of a thousand targets.
  const given = found.filter(({ size }) => size > 0);
  if (given.length < 2) return given[0] ?? NOTHING;
  const first = new Map<string, Reason>();
  for (const some of given) {
    for (const [path, reason] of some) if (!first.has(path)) first.set(path, reason);
  }
  return first;
}

/** The changed schema files by the id of their database. */
function schemasByTarget(project: Project, changedPaths: readonly string[]): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of changedPaths) {
    const schema = matchSchema(project, path);
    if (schema === null) continue;
    const id = `${schema.dialect}/${schema.database}`;
    const known = found.get(id);
    if (known === undefined) found.set(id, [path]);
    else known.push(path);
  }
  return found;
}

function isExtractInput({ steps: { extract } }: Project): (path: string) => boolean {
  const inputs = extract.kind === 'command' ? extract.inputs.map(globMatcher) : [];
  return (path) => inputs.some((matches) => matches(path));
}

function isToolFile(project: Project, name: 'atlas' | 'sqlc', path: string): boolean {
  const source = project.tools[name];
  if (source.kind === 'command') return false;
  return path === source.module || path === source.module.replace(/go\.mod$/, 'go.sum');
}
