import type { WatchedRun } from './progress.ts';

/** Where somebody waits, or may read later what a run was at. */
export type Watcher = 'terminal' | 'log' | 'nobody';

/** Long enough for somebody at a terminal to wonder. */
const TERMINAL_MS = 300;
/** A log is read afterwards: only of what took long is it worth a line. */
const LOG_MS = 5000;

/** Who is told of progress: a terminal that lines can be taken back from, or else a log, unless machines read it. */
export function watcherOf(
  env: NodeJS.ProcessEnv,
  {
    isTerminal,
    quiet,
    format,
  }: { readonly isTerminal: boolean; readonly quiet: boolean; readonly format: string },
): Watcher {
  if (quiet) return 'nobody';
  if (isTerminal && env['TERM'] !== 'dumb' && env['CI'] === undefined) return 'terminal';
  return format === 'json' ? 'nobody' : 'log';
}

/** Shows what a run is at, once it has taken long enough. @returns what ends that */
export function watchProgress(run: WatchedRun, watcher: Watcher, color: boolean): () => Promise<void> {
  if (watcher === 'nobody') return async () => {};
  let shown: Promise<{ stop(): void }> | undefined;
  const show = async () => {
    if (watcher === 'terminal') return (await import('./terminal-progress.ts')).showProgress(run, color);
    const { sayProgress } = await import('./plain-progress.ts');
    return sayProgress(run, (text) => process.stderr.write(text));
  };
  const timer = setTimeout(
    () => {
      shown = show();
    },
    watcher === 'terminal' ? TERMINAL_MS : LOG_MS,
  );
  timer.unref();
  return async () => {
    clearTimeout(timer);
    (await shown)?.stop();
  };
}
