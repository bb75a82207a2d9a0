import { CommanderError } from 'commander';

/** The exit code of a call that commander answered itself: help and version end well, a wrong call is 2. */
export function usageExitCode(error: unknown): number {
  if (!(error instanceof CommanderError)) throw error;
  return error.exitCode === 0 ? 0 : 2;
}
