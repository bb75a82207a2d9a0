import type { Evidence } from '../../verdict/evidence.ts';
import type { OutputState } from '../../verdict/output-state.ts';

/** An output of `extract` or `sqlc`, who makes it, and what it is made from. */
export interface GeneratedOutput {
  readonly output: OutputState;
  readonly maker: string;
  readonly sources: readonly string[];
}

/** The sqlc schema and the generated code of a target; migrations have rules of their own. */
export function generatedOutputs(evidence: Evidence): readonly GeneratedOutput[] {
  if (evidence.kind === 'database' && evidence.sqlcSchema !== null) {
    const { target } = evidence;
    return [
      { output: evidence.sqlcSchema, maker: 'the replay of the migrations', sources: target.schemaFiles },
    ];
  }
  if (evidence.kind === 'derived') {
    const { target, sqlcSchema, from } = evidence;
    return [{ output: sqlcSchema, maker: `the conversion of ${from}`, sources: target.schemaFiles }];
  }
  if (evidence.kind !== 'sqlc') return [];
  const { steps } = evidence;
  const sources = [...steps.queryFiles, steps.id, ...steps.schemaFiles];
  return evidence.outputs.map((output) => ({ output, maker: 'sqlc', sources }));
}
