import yoctoSpinner from 'yocto-spinner';
import { foundBy, progressText, type WatchedRun } from './progress.ts';

const REFRESH_MS = 100;

/**
 * Some lines on a terminal until they are stopped: what a run is at, for how long, how much of it was known, and what was
 * found already. Then they are gone, so that the report stands alone.
 */
export function showProgress(run: WatchedRun, color: boolean): { stop(): void } {
  let found: readonly string[] | null = null;
  const text = () => {
    if (found === null && run.findings() !== null) {
      found = [];
      void foundBy(run).then((lines) => {
        found = lines;
      });
    }
    return [progressText(run.whole, performance.now(), run.steps), ...(found ?? [])].join('\n');
  };
  const spinner = yoctoSpinner({
    text: text(),
    // Its own handler would end the process at once, and leave to nobody what is to be stopped and removed.
    handleSignals: false,
    ...(color ? {} : { color: 'white' }),
  });
  spinner.start();
  const timer = setInterval(() => {
    spinner.text = text();
  }, REFRESH_MS);
  timer.unref();
  const stop = () => {
    clearInterval(timer);
    spinner.stop();
    process.off('exit', stop);
  };
  // Else a run that is ended at once would leave a terminal without a cursor.
  process.on('exit', stop);
  return { stop };
}
