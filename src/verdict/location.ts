/** Where something stands: a path relative to the git root; line and column count from 1 and are null where only the file is meant. */
export interface Location {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
}
