import { CheckError } from '../errors.ts';
import { readConfigPath } from './config-path.ts';
import { DIALECTS, type DialectName } from './dialect-names.ts';

/** A dialect and the name of a database in it. */
interface TemplateValues {
  readonly dialect: DialectName;
  readonly database: string;
}

/** Paths that differ in their dialect and their database alone, such as `schemas/{dialect}/{database}.hcl`. */
export interface PathTemplate {
  /** As the configuration writes it, relative to the project. */
  readonly source: string;
  /**
   * The path of one target, relative to the git root.
   *
   * @throws CheckError `database-name` if the database's name can't stand in a path
   */
  expand(values: TemplateValues): string;
  /**
   * What a path relative to the git root stands for, or null if it is no path of this template. The database is ''
   * where the template has none. A name that begins with a dot is a hidden file, not a database.
   *
   * @throws CheckError `database-name` if the path fits but its database's name has a wildcard in it
   */
  match(path: string): TemplateValues | null;
  readonly hasDatabase: boolean;
  /** The longest folder without a placeholder, relative to the git root; '' for the root. */
  readonly literalFolder: string;
  /** How many segments each of its paths has. */
  readonly depth: number;
}

type Placeholder = 'dialect' | 'database';
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: Placeholder };

const WILDCARD = /[*?[\]{}]/;
const UNSAFE = /[*?[\]{}\\/\p{Cc}]/u;

/**
 * What is wrong with a template, as the end of a sentence that begins with its name; null if nothing is.
 *
 * @param required the placeholders it can't do without
 */
export function templateProblem(
  source: string,
  projectDir: string,
  required: readonly Placeholder[],
): string | null {
  const read = readConfigPath(source, projectDir);
  if (read.kind === 'invalid') {
    return read.problem;
  }
  const names = [...source.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
  const unknown = names.find((name) => name !== 'dialect' && name !== 'database');
  if (unknown !== undefined) {
    return `has the unknown placeholder \`{${unknown}}\`; known are \`{dialect}\` and \`{database}\``;
  }
  if (WILDCARD.test(source.replaceAll(/\{(dialect|database)\}/g, ''))) {
    return 'has a wildcard or a lone brace; a template knows `{dialect}` and `{database}` only';
  }
  const missing = required.filter((name) => !names.includes(name));
  return missing.length === 0 ? null : `lacks ${missing.map((name) => `\`{${name}}\``).join(' and ')}`;
}

/**
 * Makes a template of what a configuration says.
 *
 * @param source relative to the project
 * @param projectDir the project's folder relative to the git root, '' for the root; never taken for a pattern
 * @throws CheckError `config-invalid`, without a place, if the source is no template
 */
export function pathTemplate(source: string, projectDir: string): PathTemplate {
  const problem = templateProblem(source, projectDir, []);
  const read = readConfigPath(source, projectDir);
  if (problem !== null || read.kind === 'invalid') {
    throw new CheckError('config-invalid', `the template \`${source}\` ${problem ?? 'is not valid'}`);
  }
  const folder = read.base.map((segment) => `${segment}/`).join('');
  const parts: readonly Part[] = [{ kind: 'text', text: folder }, ...split(read.rest.join('/'))];
  const { pattern, groups } = matcher(parts);
  const start = textBeforePlaceholders(parts);
  const literal = [...read.base, ...read.rest.slice(0, firstPlaceholder(read.rest))];
  return {
    source,
    hasDatabase: parts.some((part) => part.kind === 'value' && part.name === 'database'),
    literalFolder: literal.join('/'),
    depth: read.base.length + read.rest.length,
    expand(values) {
      if (values.database.startsWith('.')) {
        throw databaseNameError(values.database, undefined);
      }
      refuseUnsafe(values.database, undefined);
      let path = '';
      for (const part of parts) path += part.kind === 'text' ? part.text : values[part.name];
      return path;
    },
    match(path) {
      if (!path.startsWith(start)) return null;
      const found = pattern.exec(path);
      const dialect = DIALECTS.find((name) => name === found?.[groups.dialect]);
      if (found === null || dialect === undefined) {
        return null;
      }
      const database = found[groups.database] ?? '';
      refuseUnsafe(database, path);
      return { dialect, database };
    },
  };
}

/** The index of the first segment that is not a literal folder: the last one is a file's. */
function firstPlaceholder(segments: readonly string[]): number {
  const index = segments.findIndex((segment) => segment.includes('{'));
  return index === -1 ? segments.length - 1 : index;
}

function split(template: string): readonly Part[] {
  return template.split(/(\{dialect\}|\{database\})/).map((text): Part => {
    if (text === '{dialect}') {
      return { kind: 'value', name: 'dialect' };
    }
    return text === '{database}' ? { kind: 'value', name: 'database' } : { kind: 'text', text };
  });
}

function textBeforePlaceholders(parts: readonly Part[]): string {
  const end = parts.findIndex(({ kind }) => kind === 'value');
  return parts
    .slice(0, end === -1 ? parts.length : end)
    .map((part) => (part.kind === 'text' ? part.text : ''))
    .join('');
}

/** The first mention of a name captures it, in a group whose number is told, and each later one has to repeat it. */
function matcher(parts: readonly Part[]): {
  readonly pattern: RegExp;
  readonly groups: Readonly<Record<Placeholder, number>>;
} {
  const values: Record<Placeholder, string> = {
    dialect: `(${DIALECTS.join('|')})`,
    database: '([^/.][^/]*)',
  };
  const seen: Placeholder[] = [];
  const body = parts.map((part) => {
    if (part.kind === 'text') {
      return part.text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    }
    const earlier = seen.indexOf(part.name) + 1;
    if (earlier > 0) return `(?:\\${earlier})`;
    seen.push(part.name);
    return values[part.name];
  });
  // There is no such group of a name that the template lacks.
  const groupOf = (name: Placeholder): number => seen.indexOf(name) + 1 || seen.length + 1;
  const groups = { dialect: groupOf('dialect'), database: groupOf('database') };
  return { pattern: new RegExp(`^${body.join('')}$`, 's'), groups };
}

/** Names go on into pathspecs and into the globs of sqlc, where a wildcard would reach other files. */
function refuseUnsafe(database: string, path: string | undefined): void {
  if (UNSAFE.test(database)) {
    throw databaseNameError(database, path);
  }
}

function databaseNameError(database: string, path: string | undefined): CheckError {
  return new CheckError(
    'database-name',
    `the database name ${JSON.stringify(database)} can't stand in a path`,
    {
      place: path === undefined ? undefined : { path },
      hint: 'use a name without a leading dot, wildcards (* ? [ ] { }), slashes and control characters',
    },
  );
}
