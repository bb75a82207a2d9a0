import type { DatabaseOptions } from './dev-server.ts';

/** The statement that makes an empty database with the given charset and collation, else with the server's. */
export function createDatabaseSql(name: string, options: Omit<DatabaseOptions, 'qualified'>): string {
  const { charset, collation } = options;
  return [
    `CREATE DATABASE \`${name}\``,
    ...(charset === undefined ? [] : [`CHARACTER SET ${quoted(charset)}`]),
    ...(collation === undefined ? [] : [`COLLATE ${quoted(collation)}`]),
  ].join(' ');
}

/** These names come from a file that people write. */
function quoted(name: string): string {
  return `'${name.replace(/['\\]/g, '\\$&')}'`;
}
