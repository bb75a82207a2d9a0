/** What stands where in a statement, as the rules ask it; offsets count UTF-16 units of the file's text. */
export interface QueryFacts {
  readonly verb: 'select' | 'insert' | 'update' | 'delete' | 'other';
  /** Each `*` that stands for columns; not that of `count(*)`, and none in EXISTS. */
  readonly stars: readonly { readonly start: number; readonly role: StarRole }[];
  /** Each UPDATE and DELETE without WHERE, in CTEs too. */
  readonly unbounded: readonly {
    readonly start: number;
    readonly verb: 'UPDATE' | 'DELETE';
    readonly table: string;
  }[];
  /** Each INSERT that leaves the columns to their order. */
  readonly positionalInserts: readonly { readonly start: number; readonly table: string }[];
  /** Each OFFSET of a selection without ORDER BY. */
  readonly unorderedOffsets: readonly number[];
  /** Each `sqlc.slice()` for which sqlc makes code that passes no list. */
  readonly lostSlices: readonly number[];
  /** Each operator of Postgres whose last character is an `@` right before a name, where a person may mean a parameter. */
  readonly swallowedSigns: readonly SwallowedSign[];
  /** How many rows it can give. */
  readonly rows: RowBound;
}

/** An operator such as the `=@` of `a=@b`. */
export interface SwallowedSign {
  readonly start: number;
  /** With the `@`. */
  readonly operator: string;
  /** The name right behind it. */
  readonly operand: string;
  /** The column before it; null where something else stands there. */
  readonly left: string | null;
}

/** Of a statement of which nothing is known. */
export const NO_FACTS: QueryFacts = {
  verb: 'other',
  stars: [],
  unbounded: [],
  positionalInserts: [],
  unorderedOffsets: [],
  lostSlices: [],
  swallowedSigns: [],
  rows: { kind: 'unknown' },
};

/**
 * Whose columns a star stands for: the statement's own result, its RETURNING, what an INSERT takes, a side of a set
 * operation such as UNION, or a selection inside of the statement.
 */
export type StarRole = 'result' | 'returning' | 'insert' | 'set-operation' | 'inside';

export type RowBound =
  | { readonly kind: 'one' | 'unknown' }
  /** Several rows that stand in the statement itself. */
  | { readonly kind: 'several' }
  /** As many as tables have where some columns equal what the caller gives. */
  | {
      readonly kind: 'by-key';
      readonly tables: readonly BoundTable[];
      readonly equalities: readonly Equality[];
    };

export interface BoundTable {
  /** How the statement calls it. */
  readonly alias: string;
  readonly name: string;
  /** As the statement qualifies it; null where it does not. */
  readonly schema: string | null;
}

/** A column of a table; the table is null where the statement leaves it out. */
export interface ColumnReference {
  readonly table: string | null;
  readonly column: string;
}

/** What holds for every row: a column equals something that is given once these columns are. */
export interface Equality {
  /** Null for an expression over columns, such as `lower(email)`. */
  readonly column: ColumnReference | null;
  readonly given: readonly ColumnReference[];
  /** The one table that it may bind; null for any. */
  readonly binds: readonly string[] | null;
}
