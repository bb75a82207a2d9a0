import { CheckError } from '../errors.ts';
import type { ReportingCommand } from '../report/pretty.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { reportedError } from './reported-error.ts';
import { respond } from './respond.ts';

/** What a command that threw comes to: exit code 2 and the reason, never a stack trace. */
export function failure(error: unknown, command: ReportingCommand, options: CommonOptions): CommandResult {
  const reason = error instanceof CheckError ? error : unexpected(error);
  const judgement = {
    outcome: 'error' as const,
    snapshot: null,
    ...{ checked: [], notChecked: [], switchedOff: [], diagnostics: [] },
    errors: [reportedError(reason)],
  };
  return respond(judgement, { command, startedAt: Date.now() }, options);
}

function unexpected(error: unknown): CheckError {
  const message = error instanceof Error ? error.message : String(error);
  const trace =
    process.env['DBCHECK_DEBUG'] === undefined || !(error instanceof Error) ? '' : `\n${error.stack}`;
  return new CheckError('internal', `dbcheck itself failed: ${message}${trace}`, {
    hint: 'set DBCHECK_DEBUG=1 and run it again to see where; that is a bug worth a report',
  });
}
