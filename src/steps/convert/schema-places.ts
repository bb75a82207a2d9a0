import { findHclBlocks, type HclBlock } from '../../format/hcl-syntax.ts';
import type { SourceFile, SourceProblem } from '../step-result.ts';
import type { ConversionProblem } from './conversion.ts';

/**
 * Puts what can't be converted where people wrote it. The text that was converted is generated, and has objects that
 * the sqlc schema of that path leaves out, so that its lines are nobody's.
 *
 * @param generated the path of that text; problems elsewhere stay where they are
 * @param schemaFiles the HCL files that it was made from
 */
export async function atSchemas(
  problems: readonly ConversionProblem[],
  generated: string,
  schemaFiles: readonly SourceFile[],
): Promise<readonly SourceProblem[]> {
  const blocks = await Promise.all(
    schemaFiles.map(async ({ path, bytes }) =>
      (await findHclBlocks(bytes)).map((block) => ({ path, ...block })),
    ),
  );
  return problems.map(({ object, ...problem }) => {
    const first = schemaFiles[0];
    if (problem.path !== generated || first === undefined) return problem;
    const found = object === undefined ? undefined : blockOf(object, blocks.flat());
    const { path, line, column } = found ?? { path: first.path, line: null, column: null };
    return { path, line, column, message: problem.message };
  });
}

/** The block of an object: of a column or constraint by its table's name too, else of the table that it belongs to. */
function blockOf<T extends HclBlock>(object: string, blocks: readonly T[]): T | undefined {
  const [table] = object.split('.');
  return (
    blocks.find(({ labels }) => labels.join('.') === object) ??
    blocks.find(({ labels }) => labels.at(-1) === object) ??
    blocks.find(({ labels }) => labels.length === 1 && labels[0] === table)
  );
}
