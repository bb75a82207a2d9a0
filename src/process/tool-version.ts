import type { ToolName } from '../config/project.ts';

/** What a tool answers to `version`: not at all what such a tool says, or a version it may or may not name. */
export type VersionAnswer =
  | { readonly kind: 'answer'; readonly version: string | null }
  | { readonly kind: 'garbage' };

/** What the Go linker left in a binary. */
export interface BuildInfo {
  /** The version of the module that holds the program; null where it was built from a folder. */
  readonly version: string | null;
  readonly cgo: boolean | null;
}

const VERSION = /\bv?(\d+\.\d+\.\d+[\w.+-]*)/;

/**
 * Reads the answer to `atlas version` or `sqlc version`.
 *
 * sqlc prints its version alone. Atlas prints a sentence that starts with its name; built from source it says
 * `development` in place of a version, since its release process sets it at link time.
 */
export function readVersionAnswer(name: ToolName, text: string): VersionAnswer {
  const line = text.trimStart().split('\n', 1)[0]?.trimEnd() ?? '';
  const version = VERSION.exec(line)?.[1];
  const expected = name === 'atlas' ? /^atlas\b.*\bversion\b/ : /^v?\d+\.\d+\.\d+\S*$/;
  if (!expected.test(line)) return { kind: 'garbage' };
  return { kind: 'answer', version: version === undefined ? null : `v${version}` };
}

/**
 * Reads what `go version -m BINARY` prints.
 *
 * @returns null where it is not the account of a Go program
 */
export function readBuildInfo(text: string): BuildInfo | null {
  const rows = text.split('\n').map((line) => line.trim().split(/\t/));
  if (!rows.some(([kind]) => kind === 'path')) return null;
  const module = rows.find(([kind]) => kind === 'mod')?.[2];
  const cgo = rows.find(([kind, value]) => kind === 'build' && value?.startsWith('CGO_ENABLED='))?.[1];
  return {
    version: module !== undefined && /^v\d/.test(module) ? module : null,
    cgo: cgo === undefined ? null : cgo === 'CGO_ENABLED=1',
  };
}

/** A version with a `v` in front, whether it was written with or without one. */
export function withPrefix(version: string): string {
  return /^v/.test(version) ? version : `v${version}`;
}

/** Whether two versions are the same; a `v` in front doesn't count. */
export function sameVersion(one: string, other: string): boolean {
  return withPrefix(one) === withPrefix(other);
}
