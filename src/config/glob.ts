import picomatch from 'picomatch';
import { readConfigPath } from './config-path.ts';

/** What git's `:(glob)` pathspecs know too, since the hooks' guards are made of the same patterns. */
const OPTIONS = { dot: true, nobrace: true, noextglob: true, nonegate: true } as const;

/** Names of letters, digits and what no glob gives a meaning; neither `.` nor `..` is one. */
const PLAIN = /^(?:\.?[\w-][\w.-]*\/)*\.?[\w-][\w.-]*$/;

/**
 * A glob of the configuration relative to the git root: `*`, `?` and `[…]` within a folder, `**` over folders. A
 * project's folder that holds such characters itself is escaped.
 *
 * @param source relative to the project; valid by `globProblem`
 */
export function rootGlob(source: string, projectDir: string): string {
  const read = readConfigPath(source, projectDir);
  return read.kind === 'invalid' ? source : [...read.base.map(escapeGlob), ...read.rest].join('/');
}

/** What is wrong with a glob, as the end of a sentence that begins with its name; null if nothing is. */
export function globProblem(source: string, projectDir: string): string | null {
  const read = readConfigPath(source, projectDir);
  if (read.kind === 'invalid') {
    return read.problem;
  }
  const brace = /\{[^{}]*\}|[{}]/.exec(source)?.[0];
  if (brace !== undefined) {
    return `has \`${brace}\`; write the alternatives as patterns of their own`;
  }
  try {
    picomatch.makeRe(libraryPattern(source), { ...OPTIONS, strictBrackets: true, debug: true });
    return null;
  } catch {
    return 'has brackets that do not make a set of characters';
  }
}

/**
 * Whether paths fit a glob, both relative to the git root. Hidden files are files like others. A path that is spelled
 * exactly like the pattern fits too, so that a name with brackets can be written as it is.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  if (PLAIN.test(pattern)) return (path) => path === pattern;
  const matches = picomatch(libraryPattern(pattern), OPTIONS);
  const folder = literalFolderOf(pattern);
  // Most paths of a tree lie elsewhere, and the library takes long to say so.
  const mayMatch = (path: string): boolean =>
    path.startsWith(folder) &&
    (folder === '' || path.length === folder.length || path[folder.length] === '/');
  return (path) => path === pattern || (mayMatch(path) && matches(path));
}

/** The longest folder of a glob without a wildcard, and not its last segment; '' for the git root. */
export function literalFolderOf(pattern: string): string {
  const segments = pattern.split('/');
  const wild = segments.findIndex((segment) => /(?<!\\)[*?[]/.test(segment));
  return segments
    .slice(0, wild === -1 ? -1 : wild)
    .join('/')
    .replaceAll(/\\(.)/gs, '$1');
}

/** A folder's name as a part of a glob that means this name alone. */
function escapeGlob(name: string): string {
  return name.replaceAll(/[*?[\]\\{}]/g, '\\$&');
}

/** The library gives more characters a meaning than git does, and `!` in a set of characters none. */
function libraryPattern(pattern: string): string {
  return pattern
    .replaceAll(/(?<!\\)\[!/g, '[^')
    .replaceAll(/\\.|\[\^?[^\]]*\]|[(){}|+@!$^]/gs, (part) => (part.length > 1 ? part : `\\${part}`));
}
