import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect } from 'vitest';
import { check } from '../../src/commands/check.ts';
import { failure } from '../../src/commands/failure.ts';
import type { CommonOptions } from '../../src/commands/options.ts';
import { staged } from '../../src/commands/staged.ts';
import { startActivity } from '../../src/process/activity.ts';
import { leftovers } from '../devdb/leftovers.ts';
import { CLI, type Report } from '../scenarios/shop.ts';
import { fingerprint } from '../support/fingerprint.ts';
import { type Built, build, type Template } from './build.ts';
import type { Situation } from './situation.ts';
import { observedStates, type State } from './states.ts';

/** How a check of a repository ended. */
interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What it left in any folder for temporary files, and processes. */
  readonly left: readonly string[];
}

/** Runs `dbcheck COMMAND --format json` in a repository. */
type Runner = (command: 'staged' | 'check', built: Built) => Promise<Ended>;

/** Where repositories are copied from, and how they are checked. */
export interface Trial {
  readonly template: Template;
  readonly situations: fc.Arbitrary<Situation>;
  readonly run: Runner;
  /** Where it is counted. */
  readonly tally: Tally;
}

/**
 * Tries {@link expectUntouched} on arbitrary repositories, and makes the first one smaller that it fails for.
 *
 * @param parameters `seed` and `path` repeat a run, as the message of a failure says
 */
export async function tryOn(
  { template, situations, run, tally }: Trial,
  parameters: { readonly numRuns: number; readonly seed?: number; readonly path?: string },
): Promise<void> {
  const property = fc.asyncProperty(situations, (situation) =>
    expectUntouched(template, situation, run, tally),
  );
  await fc.assert(property, parameters);
}

/** Counts what the repositories of a property were in, and what was said of them. */
export class Tally {
  cases = 0;
  /** Those of which a step made something, with its tool. */
  withTools = 0;
  readonly states = new Map<State, number>();
  readonly verdicts = new Map<string, number>();

  add(states: Iterable<State>, verdicts: readonly Verdict[]): void {
    this.cases += 1;
    if (verdicts.some(({ hasSteps }) => hasSteps)) this.withTools += 1;
    for (const state of states) this.states.set(state, (this.states.get(state) ?? 0) + 1);
    for (const { verdict } of verdicts) this.verdicts.set(verdict, (this.verdicts.get(verdict) ?? 0) + 1);
  }
}

/**
 * Builds a repository in that situation and has it checked, both as the hook and as CI do. No byte of it may change
 * with that, nothing may stay behind, and each answer has to be a verdict or the reason why there is none.
 */
async function expectUntouched(
  template: Template,
  situation: Situation,
  run: Runner,
  tally: Tally,
): Promise<void> {
  const built = await build(template, situation);
  try {
    const states = await observedStates(built.repository);
    const before = await fingerprint(built.watched);
    const verdicts: Verdict[] = [];
    for (const command of ['staged', 'check'] as const) {
      const ended = await run(command, built);
      verdicts.push(verdictOf(ended));
      expect({ command, left: ended.left, temp: await readdir(built.temp) }).toEqual({
        command,
        left: [],
        temp: [],
      });
      const after = await fingerprint(built.watched);
      if (after.join('\n') !== before.join('\n'))
        expect({ command, after }).toEqual({ command, after: before });
    }
    tally.add([...states, situation.place], verdicts);
  } finally {
    await built.remove();
  }
}

const OUTCOMES = ['clean', 'findings', 'error'] as const;

interface Verdict {
  /** The outcome, or the code of the first error. */
  readonly verdict: string;
  readonly hasSteps: boolean;
}

/** Fails for whatever is neither a verdict nor a reason. */
function verdictOf({ exitCode, stdout, stderr }: Ended): Verdict {
  expect(stdout + stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  const report: Report = JSON.parse(stdout);
  // Sources that differ on disk are named beside a refusal.
  const words = stderr.replaceAll(/^note: (?:.* differs on disk from the index .*|and \d+ more)\n/gm, '');
  expect({ words, outcome: report.outcome }).toEqual({ words: '', outcome: OUTCOMES[exitCode] });
  const reasons = report.errors.map(({ code, message }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(`${code}: ${message}`).not.toMatch(/^internal|: $/);
    return code;
  });
  expect(reasons.length > 0).toBe(exitCode === 2);
  if (exitCode === 1) expect(report.diagnostics.map(({ severity }) => severity)).toContain('error');
  return {
    verdict: reasons[0] ?? report.outcome,
    hasSteps: report.checked.some(({ steps }) => steps.length > 0),
  };
}

/** The built program. */
export const throughCli: Runner = async (command, { repository }) => {
  const child = spawn(process.execPath, [CLI, command, '--format', 'json'], {
    cwd: repository.root,
    env: repository.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
  const [exitCode, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  return { exitCode, stdout, stderr, left: await leftovers(child.pid ?? 0) };
};

/** The same within this process, for one repository at a time. */
export const inProcess: Runner = async (command, { repository, temp }) => {
  const options: CommonOptions = {
    ...{ cwd: repository.root, env: repository.env, config: null, targets: [], format: 'json' },
    ...{ color: false, quiet: false, verbose: false, interactive: false, useCache: true },
    onProgress: () => {},
    onSources: () => {},
    signal: new AbortController().signal,
    activity: startActivity(`dbcheck ${command}`),
  };
  const outer = process.env['TMPDIR'];
  process.env['TMPDIR'] = temp;
  try {
    const judged = command === 'staged' ? staged(options) : check(options, { revision: 'HEAD', from: null });
    const result = await judged.catch((error: unknown) => failure(error, command, options));
    return { ...result, left: [] };
  } finally {
    if (outer === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outer;
  }
};
