import { z } from 'zod';
import { CheckError } from '../errors.ts';
import { displayPath } from '../git/path-bytes.ts';
import type { Finding } from './finding.ts';

const definition = z.strictObject({
  version: z.literal(1),
  findings: z.array(
    z.strictObject({ rule: z.string(), path: z.string(), message: z.string(), count: z.int().min(1) }),
  ),
});

/** Findings that a repository had when it took the rules on: by rule, path and message, since lines move. */
export type LintBaseline = z.infer<typeof definition>['findings'];

/**
 * Reads the file that `dbcheck lint --write-baseline` writes.
 *
 * @throws CheckError `lint-baseline-invalid` where it is something else
 */
export function readLintBaseline(path: string, bytes: Buffer): LintBaseline {
  const result = definition.safeParse(parsed(bytes));
  if (result.success) return result.data.findings;
  const [issue] = result.error.issues;
  const key = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new CheckError(
    'lint-baseline-invalid',
    `${displayPath(path)} is no baseline of findings: ${issue?.message ?? 'it can not be read'}${key}`,
    { place: { path }, hint: 'dbcheck lint --write-baseline' },
  );
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}

/** The file for these findings, in a fixed order. */
export function writtenLintBaseline(findings: readonly Finding[]): string {
  const counted = new Map<string, LintBaseline[number]>();
  for (const { rule, location, message } of findings) {
    const key = keyOf({ rule, path: location.path, message });
    const count = (counted.get(key)?.count ?? 0) + 1;
    counted.set(key, { rule, path: location.path, message, count });
  }
  const entries = [...counted].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => entry);
  return `${JSON.stringify({ version: 1, findings: entries }, null, 2)}\n`;
}

/** Findings less those of the baseline. */
interface Divided {
  readonly findings: readonly Finding[];
  /** How many the baseline holds back. */
  readonly known: number;
  /** How many of its findings are mended. */
  readonly mended: number;
}

/** Takes out what the baseline knows, at most as often as it knows it. */
export function withoutKnown(findings: readonly Finding[], baseline: LintBaseline): Divided {
  const left = new Map(baseline.map((entry) => [keyOf(entry), entry.count]));
  const fresh = findings.filter(({ rule, location, message }) => {
    const key = keyOf({ rule, path: location.path, message });
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
  const mended = [...left.values()].reduce((sum, count) => sum + Math.max(0, count), 0);
  return { findings: fresh, known: findings.length - fresh.length, mended };
}

function keyOf({ rule, path, message }: Omit<LintBaseline[number], 'count'>): string {
  return [path, rule, message].join('\0');
}
