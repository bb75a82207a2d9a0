import { pathTemplate } from '../../src/config/path-template.ts';
import type { Project } from '../../src/config/project.ts';
import type { SqlcConfig, SqlcEntry } from '../../src/config/sqlc-config.ts';

/** A project with every default, as a repository of the standard layout has it. */
export function defaultProject(dir = '', changes: Partial<Project> = {}): Project {
  const below = (path: string) => (dir === '' ? path : `${dir}/${path}`);
  return {
    dir,
    configFile: null,
    schemas: pathTemplate('tools/atlas/schemas/{dialect}/{database}.hcl', dir),
    migrations: {
      dir: pathTemplate('tools/atlas/migrations/{dialect}/{database}', dir),
      format: null,
      qualified: null,
      baseline: '00000000000000_initial_schema.sql',
    },
    sqlcSchemas: { template: pathTemplate('tools/sqlc/schemas/{dialect}/{database}.sql', dir), names: null },
    sqlcConfigs: ['postgres', 'mysql', 'sqlite'].map((dialect) => below(`tools/sqlc/sqlc_${dialect}.yml`)),
    sqlcConfigItems: [],
    derive: new Map(),
    devDatabase: new Map(),
    tools: {
      atlas: { kind: 'default', module: below('tools/atlas/go.mod') },
      sqlc: { kind: 'default', module: below('tools/sqlc/go.mod') },
    },
    steps: { extract: { kind: 'builtin' } },
    format: { queries: null },
    staged: { unavailable: 'error' },
    verify: [],
    rules: new Map(),
    ignore: [],
    cache: { shared: null },
    readsVariables: false,
    named: () => false,
    place: () => undefined,
    ...changes,
  };
}

/** An sqlc configuration with one entry of the given paths, relative to the git root. */
export function sqlcConfig(path: string, entry: Partial<SqlcEntry>): SqlcConfig {
  return {
    path,
    dir: path.slice(0, Math.max(0, path.lastIndexOf('/'))),
    version: '2',
    usesDatabase: false,
    entryLines: null,
    usesUnpinnedPlugin: false,
    pluginCommands: [],
    entries: [
      {
        index: 0,
        engine: 'postgresql',
        schema: [],
        queries: [],
        outs: [],
        place: { path },
        namedOutputs: [],
        ...entry,
      },
    ],
  };
}
