import type { SourceProblem } from './step-result.ts';

/** A shared object that a database's sqlc schema leaves out, since another one's file has it. */
export interface LeftOutObject {
  readonly name: string;
  /** The sqlc schema that lacks it. */
  readonly from: string;
  /** The sqlc schema that has it. */
  readonly standsIn: string;
}

/** What sqlc says of an object that no schema of the entry defines. */
const MISSING_OBJECT = /\b(?:relation|table|type) "(?:[^".]+\.)?([^".]+)" does not exist/;

/**
 * Tells why an object is missing where an entry reads only some of the databases that share it: its own schema file
 * is made without it, because another entry reads them all as one package.
 *
 * @param entries the schema files that each entry of the configuration reads
 */
export function explainLeftOut(
  problems: readonly SourceProblem[],
  entries: readonly { readonly schemaFiles: readonly string[] }[],
  leftOut: readonly LeftOutObject[],
): readonly SourceProblem[] {
  return problems.map((problem) => {
    const name = MISSING_OBJECT.exec(problem.message)?.[1];
    const found = leftOut.find(
      (object) =>
        object.name === name &&
        entries.some(
          ({ schemaFiles }) => schemaFiles.includes(object.from) && !schemaFiles.includes(object.standsIn),
        ),
    );
    if (found === undefined) return problem;
    const reason = `it is shared, and stands in ${found.standsIn} alone: name that file before ${found.from} in the entry's schema`;
    return { ...problem, message: `${problem.message}; ${reason}` };
  });
}
