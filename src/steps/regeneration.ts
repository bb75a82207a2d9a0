import type { StepMemory } from '../cache/step-memory.ts';
import type { DialectName } from '../config/dialect-names.ts';
import type { Project } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import type { PlannedTarget, StepGraph } from '../plan/steps.ts';
import type { Tool } from '../process/tool.ts';
import type { PlanningServer } from './server-words.ts';
import type { SharedObjectConflict } from './shared-objects.ts';
import type { EntryCollision, IsFresh } from './sqlc-generate.ts';
import type { SourceProblem, Workspace } from './step-result.ts';
import type { Modes } from './tree-files.ts';

/** What became of one target's steps. */
export type Regenerated =
  | {
      readonly kind: 'made';
      /** The outputs with their bytes, less those of generated code that are fresh. */
      readonly outputs: ReadonlyMap<string, Buffer>;
      /** The paths of generated code that the snapshot has just as it was made: there can be much of it. */
      readonly fresh: ReadonlySet<string>;
      readonly collisions: readonly EntryCollision[];
      /** What stood in for the dialect's own server, with its version; left out where nothing was planned. */
      readonly through?: string | null;
    }
  /** The generator refused the sources. */
  | { readonly kind: 'refused'; readonly problems: readonly SourceProblem[] }
  /** It could not run because another target that it reads has no outputs. */
  | { readonly kind: 'blocked'; readonly by: string }
  | { readonly kind: 'failed'; readonly error: CheckError };

export interface Regeneration {
  /** By target id; a removed database has none. */
  readonly results: ReadonlyMap<string, Regenerated>;
  readonly conflicts: readonly SharedObjectConflict[];
}

/** What the steps need from outside; each is asked for only when a step comes to it. */
export interface Providers {
  tool(name: 'atlas' | 'sqlc'): Promise<Tool>;
  /** The server that a dialect's schemas are planned on. */
  server(dialect: DialectName): Promise<PlanningServer>;
  /** What that server will be, found without starting it; null where that can't be told. */
  serverIdentity(dialect: DialectName): Promise<string | null>;
  /** Whether the dialect's server still answers. */
  isServerAlive(dialect: DialectName): Promise<boolean>;
  /** A workspace in an empty folder of its own. */
  workspace(name: string): Promise<Workspace>;
  /** A workspace for a command of the configuration, with the user's own environment. */
  commandWorkspace(name: string): Promise<Workspace & { readonly root: string }>;
  /** The snapshot's files that fit one of the globs, and which of them are executable. */
  matching(
    globs: readonly string[],
  ): Promise<{ readonly files: ReadonlyMap<string, Buffer>; readonly modes: Modes }>;
  /** What earlier runs made. */
  readonly memory: StepMemory;
}

export interface RegenerateInput {
  readonly project: Project;
  readonly graph: StepGraph;
  /** The targets to make, closed under what they read. */
  readonly targets: readonly PlannedTarget[];
  /** The snapshot's bytes of every source, configuration and baseline of these targets. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** HEAD's bytes of the baselines. */
  readonly headFiles: ReadonlyMap<string, Buffer>;
  readonly isFresh: IsFresh;
  readonly providers: Providers;
  /** Told of each step as it runs; left out where nobody watches. */
  readonly during?: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /** Once it is aborted, no step begins any more. */
  readonly signal?: AbortSignal;
}

/** Every path that a target's steps wrote. */
export function outputPaths({ outputs, fresh }: Extract<Regenerated, { kind: 'made' }>): readonly string[] {
  return [...outputs.keys(), ...fresh];
}

/** Why a target has no outputs. */
export type Unmade = Exclude<Regenerated, { kind: 'made' }>;

/** One step of a run: what it is made from, and how it waits for its turn. */
export interface StepRun {
  readonly input: RegenerateInput;
  /** Begins the work once a processor is free for it. */
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A failure of one target's step, as a result: it stays with the target and with those that read it. */
export async function guarded<T>(make: () => Promise<T>): Promise<T | { kind: 'failed'; error: CheckError }> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof CheckError) return { kind: 'failed', error };
    throw error;
  }
}
