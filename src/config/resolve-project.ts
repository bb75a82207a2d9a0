import type { Place } from '../errors.ts';
import { RULE_IDS, RULES, type RuleId } from '../rules/rules.ts';
import type { ConfigDocument } from './config-document.ts';
import { readConfigPath } from './config-path.ts';
import { CONFIG_DEFAULTS } from './defaults.ts';
import type { Config } from './definition.ts';
import { DIALECTS, type DialectName } from './dialect-names.ts';
import { rootGlob } from './glob.ts';
import type { LocalConfig } from './machine-definition.ts';
import { pathTemplate } from './path-template.ts';
import type {
  IgnoreEntry,
  Project,
  QueryLayout,
  RuleSetting,
  SqlcConfigItem,
  StepMaker,
  ToolName,
  ToolSource,
} from './project.ts';
import { sqlcSchemaNames } from './sqlc-schema-names.ts';
import { expandVariables } from './variables.ts';

/** A configuration that its definition has accepted, with where it stands. */
export interface WrittenConfig {
  /** Relative to the git root, '' for the root. */
  readonly dir: string;
  readonly config: Config;
  /** Null where everything is default. */
  readonly document: ConfigDocument | null;
  readonly local: LocalConfig;
  readonly localDocument: ConfigDocument | null;
  readonly env: NodeJS.ProcessEnv;
}

/** Fills in every default and makes every path relative to the git root. */
export function resolveProject({ dir, config, document, local, localDocument, env }: WrittenConfig): Project {
  const documents = [localDocument, document].filter((file) => file !== null);
  const holder = (key: string) => documents.find((file) => file.has(key.split('.')));
  const named = (key: string) => holder(key) !== undefined;
  const place = (key: string): Place | undefined =>
    holder(key)?.keyPlace(key.split('.')) ?? (document === null ? undefined : { path: document.path });
  let readsVariables = false;
  const expand = (value: string): string => {
    const result = expandVariables(value, env);
    readsVariables ||= value.includes('${');
    return result.kind === 'expanded' ? result.value : value;
  };
  const tools = { ...config.tools, ...local.tools };

  const devDatabase = dialectMap<string>({
    ...CONFIG_DEFAULTS.devDatabase,
    ...config.devDatabase,
    ...local.devDatabase,
  });

  const project: Project = {
    dir,
    configFile: document?.path ?? null,
    schemas: pathTemplate(config.schemas ?? CONFIG_DEFAULTS.schemas, dir),
    migrations: {
      dir: pathTemplate(config.migrations?.dir ?? CONFIG_DEFAULTS.migrationsDir, dir),
      format: config.migrations?.format ?? null,
      qualified: config.migrations?.qualified ?? null,
      baseline: config.migrations?.baseline ?? CONFIG_DEFAULTS.baseline,
    },
    sqlcSchemas: sqlcSchemas(config, document, dir),
    sqlcConfigs: sqlcConfigItems(config, dir, place).flatMap(({ patterns }) => patterns),
    sqlcConfigItems: sqlcConfigItems(config, dir, place),
    derive: dialectMap<DialectName>(config.derive ?? CONFIG_DEFAULTS.derive),
    devDatabase: new Map([...devDatabase].map(([dialect, value]) => [dialect, expand(value)])),
    tools: {
      atlas: toolSource('atlas', tools.atlas, dir, expand),
      sqlc: toolSource('sqlc', tools.sqlc, dir, expand),
    },
    steps: { extract: stepMaker(config.steps?.extract ?? 'builtin', dir) },
    format: { queries: queryLayout(config.format?.queries) },
    staged: { unavailable: config.staged?.unavailable ?? 'error' },
    cache: { shared: config.cache?.shared ?? null },
    verify: config.verify ?? [],
    rules: new Map(RULE_IDS.map((rule) => [rule, ruleSetting(rule, config.rules?.[rule])])),
    ignore: (config.ignore ?? []).map(
      ({ rule, path, name, reason }, index): IgnoreEntry => ({
        rule,
        path: rootGlob(path, dir),
        name: name ?? null,
        reason,
        place: place(`ignore.${index}`) ?? { path: document?.path ?? '' },
      }),
    ),
    readsVariables: false,
    named,
    place,
  };
  // Known only now that everything is expanded.
  return { ...project, readsVariables };
}

function sqlcSchemas(config: Config, document: ConfigDocument | null, dir: string): Project['sqlcSchemas'] {
  const written = config.sqlcSchemas ?? CONFIG_DEFAULTS.sqlcSchemas;
  if (typeof written === 'string') {
    return { template: pathTemplate(written, dir), names: null };
  }
  // The order of an object's keys is not the file's where a database is named like a number.
  const order = document?.keysOf(['sqlcSchemas']) ?? [];
  const files = Object.entries(written).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const read = sqlcSchemaNames(new Map(files));
  return read.kind === 'valid'
    ? { template: pathTemplate(read.template, dir), names: read.names }
    : { template: pathTemplate(CONFIG_DEFAULTS.sqlcSchemas, dir), names: null };
}

function sqlcConfigItems(
  config: Config,
  dir: string,
  place: (key: string) => Place | undefined,
): readonly SqlcConfigItem[] {
  return (config.sqlc?.configs ?? CONFIG_DEFAULTS.sqlcConfigs).map((source, index) => ({
    source,
    patterns: source.includes('{dialect}')
      ? DIALECTS.map((dialect) => rootGlob(source.replaceAll('{dialect}', dialect), dir))
      : [rootGlob(source, dir)],
    place: place(`sqlc.configs.${index}`),
  }));
}

function toolSource(
  name: ToolName,
  tool: NonNullable<Config['tools']>[ToolName],
  dir: string,
  expand: (value: string) => string,
): ToolSource {
  if (tool?.command !== undefined) {
    return {
      kind: 'command',
      command: expand(tool.command),
      version: tool.version === undefined ? null : expand(tool.version),
    };
  }
  return tool?.module === undefined
    ? { kind: 'default', module: rootPath(CONFIG_DEFAULTS.modules[name], dir) }
    : { kind: 'module', module: rootPath(expand(tool.module), dir) };
}

function stepMaker(written: NonNullable<NonNullable<Config['steps']>['extract']>, dir: string): StepMaker {
  return typeof written === 'string'
    ? { kind: written }
    : {
        kind: 'command',
        command: written.command,
        inputs: written.inputs.map((pattern) => rootGlob(pattern, dir)),
        links: (written.links ?? []).map((path) => rootPath(path, dir)),
      };
}

function queryLayout(written: NonNullable<Config['format']>['queries']): QueryLayout | null {
  if (written === undefined || written === false) return null;
  const given = written === true ? {} : written;
  const { queryLayout: defaults } = CONFIG_DEFAULTS;
  return {
    indent: given.indent ?? defaults.indent,
    width: given.width ?? defaults.width,
    operators: given.operators ?? defaults.operators,
  };
}

function ruleSetting(rule: RuleId, written: NonNullable<Config['rules']>[RuleId]): RuleSetting {
  if (Array.isArray(written)) {
    const [severity, options] = written;
    return { severity, options };
  }
  return { severity: written ?? RULES[rule].severity, options: {} };
}

function rootPath(source: string, dir: string): string {
  const read = readConfigPath(source, dir);
  return read.kind === 'valid' ? [...read.base, ...read.rest].join('/') : source;
}

function dialectMap<T extends string>(
  values: Readonly<Partial<Record<DialectName, T | undefined>>>,
): ReadonlyMap<DialectName, T> {
  return new Map(
    DIALECTS.flatMap((dialect): [DialectName, T][] => {
      const value = values[dialect];
      return value === undefined ? [] : [[dialect, value]];
    }),
  );
}
