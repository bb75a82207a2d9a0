import { reportJson } from '../report/json.ts';
import type { Judgement } from '../report/judgement.ts';
import { type ReportingCommand, reportPretty } from '../report/pretty.ts';
import type { CommandResult, CommonOptions } from './options.ts';

export interface ResponseFacts {
  /** Whether git throws the judged index away when it refuses. */
  readonly indexIsPassing?: boolean | undefined;
  readonly command: ReportingCommand;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly affected?: { readonly targets: number; readonly of: number; readonly cached: number } | undefined;
  readonly files?: number | undefined;
  readonly isMended?: boolean | undefined;
}

const EXIT_CODES = { clean: 0, findings: 1, error: 2 } as const;

/** A judgement as a command's result: JSON on stdout, or a report for people on stderr. */
export function respond(judgement: Judgement, facts: ResponseFacts, options: CommonOptions): CommandResult {
  const exitCode = EXIT_CODES[judgement.outcome];
  if (options.format === 'json') return { exitCode, stdout: reportJson(judgement), stderr: '' };
  const { color, quiet, verbose } = options;
  const elapsedMs = Date.now() - facts.startedAt;
  const report = reportPretty(judgement, {
    color,
    quiet,
    verbose,
    command: facts.command,
    elapsedMs,
    affected: facts.affected,
    indexIsPassing: facts.indexIsPassing,
    files: facts.files,
    isMended: facts.isMended,
  });
  return { exitCode, stdout: report, stderr: '' };
}
