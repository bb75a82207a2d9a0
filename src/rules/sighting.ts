import type { Location } from '../verdict/location.ts';

/** A change of a source's text that mends a finding for certain. */
export interface TextEdit {
  readonly path: string;
  /** In UTF-16 units of the decoded text, the end not included. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a rule says of one place; which rule it was, who asked it adds. */
export interface Sighting {
  /** `dialect/database`, or the path of an sqlc configuration. */
  readonly target: string;
  /** The claim, one sentence without a final stop. */
  readonly message: string;
  readonly location: Location;
  /** Why it is so, in words, without a final stop. */
  readonly cause: string;
  /** The object that it is about, as an ignore can name it: a table, `table.column`, or a query. */
  readonly name?: string;
  /** Unified diff hunks (no file header) from what the snapshot has to what the generator makes; null where no text differs. */
  readonly diff: string | null;
  /** The one command or action that mends it; null where only a person can know. */
  readonly fix: string | null;
  /** What `dbcheck lint --fix` changes; left out where the mend is not certain. */
  readonly edits?: readonly TextEdit[];
}
