import { posix } from 'node:path';

/** A path of a configuration, split so that what it stands on is never mistaken for a part of its pattern. */
export type ConfigPath =
  | { readonly kind: 'valid'; readonly base: readonly string[]; readonly rest: readonly string[] }
  | { readonly kind: 'invalid'; readonly problem: string };

/**
 * Reads a path, template or glob as a configuration writes it: relative to the project, `/` between folders.
 *
 * @param source as written
 * @param projectDir the project's folder relative to the git root, '' for the root
 * @returns the folder it stands on and its own segments, both relative to the git root; or what is wrong with it,
 * as the end of a sentence that begins with its name
 */
export function readConfigPath(source: string, projectDir: string): ConfigPath {
  const problem = formProblem(source);
  if (problem !== null) {
    return { kind: 'invalid', problem };
  }
  const own = source.split('/').filter((segment) => segment !== '' && segment !== '.');
  const firstDown = own.findIndex((segment) => segment !== '..');
  const ups = firstDown === -1 ? own.length : firstDown;
  const rest = own.slice(ups);
  const project = projectDir === '' ? [] : projectDir.split('/');
  if (ups > project.length) {
    return { kind: 'invalid', problem: 'leaves the git repository' };
  }
  if (rest.length === 0) {
    return { kind: 'invalid', problem: 'names no file or folder' };
  }
  if (rest.includes('..')) {
    return {
      kind: 'invalid',
      problem: 'has a `..` after a folder; only a path that begins with `..` is allowed',
    };
  }
  if (rest.some((segment) => segment.toLowerCase() === '.git')) {
    return { kind: 'invalid', problem: 'points into `.git`' };
  }
  return { kind: 'valid', base: project.slice(0, project.length - ups), rest };
}

/** What is wrong with a path, as the end of a sentence that begins with its name; null if nothing is. */
export function pathProblem(source: string, projectDir: string): string | null {
  const read = readConfigPath(source, projectDir);
  return read.kind === 'invalid' ? read.problem : null;
}

function formProblem(source: string): string | null {
  if (source === '') {
    return 'is empty';
  }
  if (posix.isAbsolute(source) || /^[A-Za-z]:/.test(source)) {
    return 'is absolute; write it relative to the folder of the configuration';
  }
  if (source.includes('\\')) {
    return 'has a backslash; write `/` between folders';
  }
  if (/[\p{Cc}\p{Surrogate}]/u.test(source)) {
    return 'has a control character or is not valid Unicode';
  }
  return null;
}
