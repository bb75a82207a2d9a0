import type { StepMemory } from '../cache/step-memory.ts';
import type { CommandResult, CommonOptions } from './options.ts';

/** With `--verbose`, says why nothing could be kept for later runs: that costs time and changes no answer. */
export function withCacheNote(
  result: CommandResult,
  { problem }: StepMemory,
  { verbose }: CommonOptions,
): CommandResult {
  if (problem === null || !verbose) return result;
  return { ...result, stderr: `${result.stderr}note: nothing is kept for later runs: ${problem}\n` };
}
