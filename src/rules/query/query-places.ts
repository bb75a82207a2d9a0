import type { QueryFile, QueryStatement } from '../../sources/query-file.ts';
import { positionAt } from '../../sources/source-text.ts';
import type { Evidence, QueryEvidence } from '../../verdict/evidence.ts';
import type { Sighting } from '../sighting.ts';

/** A statement with the file that it stands in. */
export interface PlacedStatement {
  readonly file: QueryFile;
  readonly statement: QueryStatement;
}

/** Every statement of an entry's query files, in sqlc's order; none of any other evidence. */
export function statementsOf(evidence: Evidence): readonly PlacedStatement[] {
  if (evidence.kind !== 'queries') return [];
  return evidence.files.flatMap((file) => file.statements.map((statement) => ({ file, statement })));
}

export function placeIn({ path, source }: QueryFile, offset: number): Sighting['location'] {
  return { path, ...positionAt(source, offset) };
}

/** The name that sqlc gives to a statement; null where it has none. */
export function nameOf({ nameLine }: QueryStatement): string | null {
  return nameLine?.kind === 'name' ? nameLine.name : null;
}

/** How a person calls a statement in a sentence. */
export function called(statement: QueryStatement): string {
  return nameOf(statement) ?? 'a query without a name';
}

/** What is said of a place in a statement. */
export function sightingAt(
  evidence: Pick<QueryEvidence, 'id'>,
  { file, statement }: PlacedStatement,
  offset: number,
  said: Pick<Sighting, 'message' | 'cause' | 'fix'>,
): Sighting {
  const name = nameOf(statement);
  const location = placeIn(file, offset);
  return { target: evidence.id, location, diff: null, ...(name === null ? {} : { name }), ...said };
}
