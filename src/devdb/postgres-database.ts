/** The statement that makes an empty database whose plans depend on no setting of the server. */
export function createDatabaseSql(name: string, template: string, serverVersion: string): string {
  // Postgres 15 can copy the files of the template instead of logging every page: twice as fast without fsync.
  const strategy = Number.parseInt(serverVersion, 10) >= 15 ? ' STRATEGY file_copy' : '';
  return `CREATE DATABASE "${name}" TEMPLATE ${template} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'${strategy}`;
}
