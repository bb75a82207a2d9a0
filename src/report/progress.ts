import yoctoSpinner from 'yocto-spinner';
import { atWork, type Span } from '../process/activity.ts';
import { printableLine } from './printable.ts';

const REFRESH_MS = 100;
/** As many as fit into a line with their seconds. */
const SHOWN = 2;

/** A line on a terminal with what a run is at, and for how long, until it is stopped; then the line is gone. */
export function showProgress(whole: Span, color: boolean): { stop(): void } {
  const spinner = yoctoSpinner({
    text: progressText(whole, performance.now()),
    ...(color ? {} : { color: 'white' }),
  });
  spinner.start();
  const timer = setInterval(() => {
    spinner.text = progressText(whole, performance.now());
  }, REFRESH_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      spinner.stop();
    },
  };
}

/** What is at work, each with its seconds, and how many more: `plan postgres/keygen 1.2 s, sqlc … 0.4 s, 1 more`. */
export function progressText(whole: Span, now: number): string {
  const spans = atWork(whole);
  const shown = spans
    .slice(0, SHOWN)
    .map(({ name, startedAt }) => `${printableLine(name)} ${((now - startedAt) / 1000).toFixed(1)} s`);
  const more = spans.length > SHOWN ? [`${spans.length - SHOWN} more`] : [];
  return [...shown, ...more].join(', ');
}
