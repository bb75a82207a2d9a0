/** Something wrong in a file that people write, as the generator that read it says. */
export interface SourceProblem {
  /** Relative to the git root. */
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

/**
 * What a step made of its inputs: files by path relative to the git root, or the reason why the generator
 * refused the sources. A generator that could not do its work at all throws instead.
 */
export type StepResult =
  | { readonly kind: 'made'; readonly outputs: ReadonlyMap<string, Buffer> }
  | { readonly kind: 'refused'; readonly problems: readonly SourceProblem[] };

/** A source file with its bytes. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Where a step may work: an empty folder of its own and a clean environment. */
export interface Workspace {
  /** Absolute; inside the run's scratch folder, never inside the repository. */
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}
