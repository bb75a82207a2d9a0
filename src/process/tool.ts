import type { ToolName } from '../config/project.ts';
import type { Place } from '../errors.ts';

/**
 * How a tool was found, so that the same way can be gone again without the snapshot: a module's by what is remembered
 * under a key, which its go.mod and go.sum make; any other by its name in PATH or its absolute path.
 */
export type ToolLookup =
  | { readonly kind: 'module'; readonly memoryKey: string }
  | { readonly kind: 'program'; readonly program: string };

/** A generator that was found, asked for its version, and fits its pin. */
export interface Tool {
  readonly name: ToolName;
  /** An absolute path, to be run as it stands: a link is not resolved, since some programs go by the name they are called by. */
  readonly path: string;
  /**
   * What the tool says of itself, else the version of the module that it was built from; always with a `v` in
   * front; null where neither is known. The header of generated code carries this one.
   */
  readonly version: string | null;
  /** The version that the go.mod or the configuration asks for, with a `v` in front; null where nothing does. */
  readonly pin: string | null;
  readonly origin: 'command' | 'module' | 'path';
  readonly lookup: ToolLookup;
  /**
   * The SHA-256 of the binary in hex. For a script or a version manager's shim, whose own bytes don't tell which
   * program ends up running, it starts with `unproven:` and is another one in every run, so that nothing is
   * remembered under it.
   */
  readonly digest: string;
  /** Whether it was built with cgo; null where the binary doesn't tell, or there is no Go to ask. */
  readonly cgo: boolean | null;
}

/** What finding a tool needs from outside. */
export interface ToolContext {
  /** Reads a file of the snapshot: the go.mod, and the go.sum beside it. */
  readonly readFile: (path: string) => Promise<Buffer | null>;
  /** The absolute folder that a relative command is relative to. */
  readonly projectRoot: string;
  /** An absolute folder that is there, outside the repository; what is made there is gone again afterwards. */
  readonly scratchDir: string;
  /** An absolute folder where the paths of built tools and the digests of binaries are remembered. */
  readonly cacheDir: string;
  /** Whether there is time to build a tool, which takes minutes. */
  readonly mayBuild: boolean;
  readonly onProgress: (text: string) => void;
  /** Asks Go again although the path is remembered, so that a better build (one with cgo) is found. */
  readonly refresh?: boolean | undefined;
  /** Milliseconds that Go gets to name a tool it has built before; default 30,000. Counts only where `mayBuild` is false. */
  readonly nameLimit?: number | undefined;
  /** Where the configuration names the tool's command. */
  readonly commandPlace?: Place | undefined;
  /** The environment of the user; default `process.env`. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}
