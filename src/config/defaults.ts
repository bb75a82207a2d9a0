/** What holds where a configuration says nothing; paths are relative to the project. */
export const CONFIG_DEFAULTS = {
  schemas: 'tools/atlas/schemas/{dialect}/{database}.hcl',
  migrationsDir: 'tools/atlas/migrations/{dialect}/{database}',
  baseline: '00000000000000_initial_schema.sql',
  sqlcSchemas: 'tools/sqlc/schemas/{dialect}/{database}.sql',
  sqlcConfigs: ['tools/sqlc/sqlc_{dialect}.yml'],
  derive: { sqlite: 'postgres' },
  devDatabase: { postgres: 'embedded', mysql: 'system' },
  modules: { atlas: 'tools/atlas/go.mod', sqlc: 'tools/sqlc/go.mod' },
  queryLayout: { indent: 2, width: 80, operators: 'before' },
} as const;
