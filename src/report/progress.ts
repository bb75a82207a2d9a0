import { atWork, type Span, type StepCount } from '../process/activity.ts';
import type { Finding } from '../rules/finding.ts';
import { printablePath } from './pretty-finding.ts';
import { counted, printableLine } from './printable.ts';

/** As many as fit into a line with their seconds. */
const SHOWN = 2;
const MAX_FINDINGS = 5;

/** Finds out what the sources alone give rise to, before the steps that are at work have come to anything. */
export type SourceFindings = () => Promise<readonly Finding[]>;

/** A run that somebody waits for. */
export interface WatchedRun {
  readonly whole: Span;
  readonly steps: StepCount;
  /** Null while no source was read. */
  readonly findings: () => SourceFindings | null;
}

/**
 * What is at work, each with its seconds, how many more, and how much is known already:
 * `plan postgres/keygen 1.2 s, sqlc … 0.4 s, 1 more; 5 of 12 steps known, 2 made`.
 */
export function progressText(whole: Span, now: number, steps: StepCount): string {
  const spans = atWork(whole);
  const shown = spans
    .slice(0, SHOWN)
    .map(({ name, startedAt }) => `${printableLine(name)} ${((now - startedAt) / 1000).toFixed(1)} s`);
  const more = spans.length > SHOWN ? [`${spans.length - SHOWN} more`] : [];
  const made = steps.made === 0 ? '' : `, ${steps.made} made`;
  const count =
    steps.planned === 0 ? '' : `; ${steps.known} of ${counted(steps.planned, 'step')} known${made}`;
  return `${[...shown, ...more].join(', ')}${count}`;
}

/**
 * What was found before the run is at its end, a line each; nothing where that is nothing. The report says all of it once
 * more and at length.
 */
export function foundSoFar(findings: readonly Finding[]): readonly string[] {
  const roots = findings.filter(({ folded }) => !folded);
  if (roots.length === 0) return [];
  const lines = roots.slice(0, MAX_FINDINGS).map(({ severity, rule, message, location }) => {
    const { path, line, column } = location;
    const place = [printablePath(path), line, line === null ? null : column].filter((part) => part !== null);
    return `  ${severity}[${rule}]: ${printableLine(message.split('\n')[0] ?? '')} (${place.join(':')})`;
  });
  const more = roots.length > MAX_FINDINGS ? [`  and ${roots.length - MAX_FINDINGS} more`] : [];
  return ['found in the sources so far; the report follows:', ...lines, ...more];
}

/** The same of a run; nothing while its sources are not read, and where they can't be: the report says why. */
export async function foundBy(run: WatchedRun): Promise<readonly string[]> {
  return foundSoFar(
    (await run
      .findings()?.()
      .catch(() => [])) ?? [],
  );
}
