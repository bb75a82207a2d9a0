import { CheckError } from '../errors.ts';
import { fullDiskHint } from '../process/full-disk.ts';
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

/** What to do about what the system refuses; it may refuse anywhere, so that no place of ours can be named. */
const SYSTEM_HINTS: ReadonlyMap<string, string> = new Map([
  ['EFBIG', 'raise the limit on the size of files (ulimit -f), then run the same command again'],
  ['EMFILE', 'raise the limit on open files (ulimit -n), then run the same command again'],
  ['EROFS', 'make that file system writable, then run the same command again'],
  ['EACCES', 'make that path accessible to you, then run the same command again'],
  ['EPERM', 'make that path accessible to you, then run the same command again'],
]);

function unexpected(error: unknown): CheckError {
  if (error instanceof Error && 'code' in error) {
    const hint = SYSTEM_HINTS.get(String(error.code)) ?? fullDiskHint(error.message, 'path' in error);
    if (hint !== null)
      return new CheckError('system-refused', `the system refused: ${error.message}`, { hint, cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  const trace =
    process.env['DBCHECK_DEBUG'] === undefined || !(error instanceof Error) ? '' : `\n${error.stack}`;
  return new CheckError('internal', `dbcheck itself failed: ${message}${trace}`, {
    hint: 'set DBCHECK_DEBUG=1 and run it again to see where; that is a bug worth a report',
  });
}
