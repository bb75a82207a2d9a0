import type { Place } from '../errors.ts';
import type { Severity } from '../rules/severity.ts';
import type { DialectName } from './dialect-names.ts';
import type { PathTemplate } from './path-template.ts';

export type ToolName = 'atlas' | 'sqlc';

/** Where a tool comes from. `default` means: the module if it is there, else PATH without a pin. */
export type ToolSource =
  | { readonly kind: 'default'; readonly module: string }
  | { readonly kind: 'module'; readonly module: string }
  | { readonly kind: 'command'; readonly command: string; readonly version: string | null };

/** How a step is made: by dbcheck, not at all, or by a command in a scratch copy of the snapshot. */
export type StepMaker =
  | { readonly kind: 'builtin' }
  | { readonly kind: 'off' }
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly inputs: readonly string[];
      readonly links: readonly string[];
    };

export interface RuleSetting {
  readonly severity: Severity | 'off';
  readonly options: Readonly<Record<string, unknown>>;
}

export interface IgnoreEntry {
  /** A name of the catalogue. */
  readonly rule: string;
  /** A glob relative to the git root. */
  readonly path: string;
  /** The one object that is meant, such as `users.email` or `GetUser`; null for every finding at the path. */
  readonly name: string | null;
  readonly reason: string;
  readonly place: Place;
}

export interface SqlcConfigItem {
  /** As it is written in the configuration. */
  readonly source: string;
  /** Relative to the git root; one for each of `DIALECTS` where `source` has `{dialect}` in it, else one. */
  readonly patterns: readonly string[];
  readonly place: Place | undefined;
}

/** How queries are laid out. */
export interface QueryLayout {
  /** In spaces. */
  readonly indent: number;
  /** In characters: what stands in parentheses is kept on one line up to it. */
  readonly width: number;
  /** Where AND and OR stand where a line ends. */
  readonly operators: 'before' | 'after';
}

/**
 * A project's configuration with every default filled in and every path made relative to the git root.
 * `named` tells what the file itself says: a default pattern may match nothing, a named one may not.
 */
export interface Project {
  /** The folder of the configuration, relative to the git root, without a slash at its end; '' for the root. */
  readonly dir: string;
  /** The configuration file in the snapshot, or null where everything is default. */
  readonly configFile: string | null;
  /** Expands to a file `….hcl`, or to a folder of them where the template's last segment less `.hcl` is a folder. */
  readonly schemas: PathTemplate;
  readonly migrations: {
    readonly dir: PathTemplate;
    /** Atlas's template for `--format`; null: detected from the committed baseline. */
    readonly format: string | null;
    /** Whether names carry their schema; null: detected from the committed baseline. */
    readonly qualified: boolean | null;
    /** The file name of a baseline that has none yet, such as `00000000000000_initial_schema.sql`. */
    readonly baseline: string;
  };
  readonly sqlcSchemas: {
    readonly template: PathTemplate;
    /** File names (or paths below the template's folder) by database, in order; null where the template names all. */
    readonly names: ReadonlyMap<string, string> | null;
  };
  /** Glob patterns relative to the git root; `{dialect}` is already expanded to every dialect. */
  readonly sqlcConfigs: readonly string[];
  /** The same patterns by the item of `sqlc.configs` they come from: a named item has to match through one of them. */
  readonly sqlcConfigItems: readonly SqlcConfigItem[];
  /** A dialect whose sqlc schemas are converted from another's. */
  readonly derive: ReadonlyMap<DialectName, DialectName>;
  /** `embedded`, `system`, or a URL for Atlas; `${ENV}` already expanded. */
  readonly devDatabase: ReadonlyMap<DialectName, string>;
  readonly tools: Readonly<Record<ToolName, ToolSource>>;
  readonly steps: { readonly extract: StepMaker };
  /** How queries are laid out; null where that is left to people. */
  readonly format: { readonly queries: QueryLayout | null };
  readonly staged: { readonly unavailable: 'error' | 'warn' };
  /** `shared` as it is written: absolute, or relative to `dir`. */
  readonly cache: { readonly shared: string | null };
  readonly verify: readonly string[];
  /** By their names, every one of the catalogue. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly ignore: readonly IgnoreEntry[];
  /** Whether a `${ENV}` was expanded, so that the project depends on the environment. */
  readonly readsVariables: boolean;
  /** Whether the file itself gives the value at a dotted key such as `sqlc.configs`. */
  named(key: string): boolean;
  /** Where a dotted key stands in the file; the file alone where the key is not in it. */
  place(key: string): Place | undefined;
}
