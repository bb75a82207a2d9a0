import { foundBy, progressText, type WatchedRun } from './progress.ts';

/**
 * Says in a few plain lines what a long run is at: now, and each time that it has taken twice as long.
 *
 * @param write takes whole lines
 */
export function sayProgress(run: WatchedRun, write: (text: string) => void): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let hasFound = false;
  const say = async () => {
    const taken = performance.now() - run.whole.startedAt;
    timer = setTimeout(say, taken);
    timer.unref();
    const at = progressText(run.whole, performance.now(), run.steps);
    write(`dbcheck: at work for ${Math.round(taken / 1000)} s: ${at}\n`);
    if (hasFound) return;
    const lines = await foundBy(run);
    hasFound = lines.length > 0;
    if (!isStopped && hasFound) write(`dbcheck: ${lines.join('\n')}\n`);
  };
  void say();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
