import { CONFIG_DEFAULTS } from './defaults.ts';

/** A map of databases to the files of their sqlc schemas, as a template and what is below its folder. */
export type SqlcSchemaNames =
  | { readonly kind: 'valid'; readonly template: string; readonly names: ReadonlyMap<string, string> }
  | { readonly kind: 'invalid'; readonly problem: string };

/**
 * Reads the map form of `sqlcSchemas`: file names, which stand in the folder of the default template, or whole paths
 * with `{dialect}` in them, which have to share their folder.
 *
 * @param files by database, in the order in which the databases share objects
 */
export function sqlcSchemaNames(files: ReadonlyMap<string, string>): SqlcSchemaNames {
  if (files.size === 0) {
    return { kind: 'invalid', problem: 'names no database' };
  }
  const written = [...files.values()];
  const broken = written.find((file) => file === '' || /[\\*?[\]\p{Cc}]|^\.|\/\.|\/$/u.test(file));
  if (broken !== undefined) {
    return {
      kind: 'invalid',
      problem: `has the file name ${JSON.stringify(broken)}, which can't stand in a path`,
    };
  }
  const twice = written.find((file, index) => written.indexOf(file) !== index);
  if (twice !== undefined) {
    return { kind: 'invalid', problem: `gives \`${twice}\` to two databases` };
  }
  const folders = new Set(written.map(folderOf));
  const named = [...folders].filter((folder) => folder !== '');
  if (named.length === 0) {
    return { kind: 'valid', template: CONFIG_DEFAULTS.sqlcSchemas, names: files };
  }
  const [folder = ''] = folders;
  if (folders.size > 1 || !folder.includes('{dialect}')) {
    return {
      kind: 'invalid',
      problem: 'has to give file names alone, or whole paths in one folder that has `{dialect}` in it',
    };
  }
  return {
    kind: 'valid',
    template: `${folder}/{database}.sql`,
    names: new Map([...files].map(([database, file]) => [database, file.slice(folder.length + 1)])),
  };
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}
