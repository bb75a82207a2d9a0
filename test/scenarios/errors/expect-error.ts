import { expect } from 'vitest';
import type { Answer, Report, Shop } from '../shop.ts';

export interface ExpectedError {
  readonly code: string;
  readonly message: RegExp;
  readonly hint: RegExp;
  /** `path:line:column`, as far as it is known; nothing where the error has no place. */
  readonly place?: string;
}

/**
 * dbcheck could not check and says why, for people and for programs: exit code 2, one reason with its cause and what to
 * do about it, and no stack trace.
 */
export async function expectError(
  shop: Shop,
  args: readonly string[],
  expected: ExpectedError,
  call: Parameters<Shop['dbcheck']>[1] = {},
): Promise<Report> {
  const pretty = await shop.dbcheck(args, call);
  const [command = '', ...rest] = args;
  const json = await shop.dbcheck([command, '--format', 'json', ...rest], call);
  expect(pretty.stdout).toContain(`error[${expected.code}]: `);
  expect(pretty.stdout).toMatch(/^✖ (Could not check|Commit blocked: dbcheck could not check)/m);
  expectPlain(pretty);
  const report: Report = JSON.parse(json.stdout);
  expect(report).toMatchObject({
    outcome: 'error',
    errors: [
      {
        code: expected.code,
        message: expect.stringMatching(expected.message),
        hint: expect.stringMatching(expected.hint),
      },
    ],
  });
  expect(report.errors.map(({ location }) => placeOf(location))).toEqual([expected.place]);
  if (expected.place !== undefined) expect(pretty.stdout).toContain(`--> ${expected.place}\n`);
  expect({ pretty: pretty.exitCode, json: json.exitCode }).toEqual({ pretty: 2, json: 2 });
  return report;
}

/** A real commit is refused with that reason, and HEAD stays. */
export async function expectUncommittable(
  shop: Shop,
  code: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const before = await shop.git('rev-parse', 'HEAD');
  const { exitCode, stderr } = await shop.tryGit(['commit', '-qm', 'Change'], { env });
  expect(stderr).toContain(`error[${code}]: `);
  expect(stderr).not.toMatch(STACK);
  expect(exitCode).toBe(1);
  expect(await shop.git('rev-parse', 'HEAD')).toBe(before);
  return stderr;
}

const STACK = /^\s+at .+:\d+:\d+\)?$/m;

function expectPlain({ stdout, stderr }: Answer): void {
  expect(stdout + stderr).not.toMatch(STACK);
  expect(stdout + stderr).not.toContain('error[internal]');
}

function placeOf(location: Report['errors'][number]['location']): string | undefined {
  if (location === null) return undefined;
  return [location.path, location.line, location.column].filter((part) => part !== null).join(':');
}
