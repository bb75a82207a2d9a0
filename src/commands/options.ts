import type { Activity } from '../process/activity.ts';
import type { SourceFindings } from '../report/progress.ts';

/** What the options common to all commands come to. */
export interface CommonOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The configuration's path as given, or null to look for it. */
  readonly config: string | null;
  /** `postgres`, `postgres/keygen` or an sqlc configuration's path; empty for all. */
  readonly targets: readonly string[];
  readonly format: 'pretty' | 'json';
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Lines of progress for a person; does nothing where nobody watches. */
  readonly onProgress: (text: string) => void;
  /** Told how to find out what the sources alone give rise to, while steps are still at work; nobody may ask. */
  readonly onSources: (findings: SourceFindings) => void;
  /** Whether somebody watches, and may wait for a tool to be built. */
  readonly interactive: boolean;
  /** Whether what earlier runs found may be taken, such as the paths of built tools. */
  readonly useCache: boolean;
  readonly signal: AbortSignal;
  /** Told of everything that takes its time. */
  readonly activity: Activity;
}

/** What a command comes to: what belongs on stdout and stderr, and the exit code. */
export interface CommandResult {
  readonly exitCode: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `dbcheck lint` is asked for besides. */
export interface LintOptions {
  /** Paths as given, relative to the current folder; empty for every source of the project. */
  readonly files: readonly string[];
  /** Mend what can be mended for certain. */
  readonly fix: boolean;
  /** Keep what is found as known, so that only new findings are told from now on. */
  readonly writeBaseline: boolean;
}
