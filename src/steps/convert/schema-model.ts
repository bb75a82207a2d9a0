import type { ColumnDef, Constraint, IndexStmt } from 'libpg-query';

/** A Postgres schema as its statements left it: what ALTER and COMMENT say stands with the object that they speak of. */
export interface PostgresSchema {
  /** In the order of the source. */
  readonly tables: readonly PostgresTable[];
  readonly enums: ReadonlyMap<string, PostgresEnum>;
  /** Views, functions, sequences and what else SQLite has no counterpart for. */
  readonly others: readonly OtherObject[];
  readonly comments: readonly string[];
}

export interface PostgresTable {
  readonly name: string;
  readonly offset: number;
  /** What of the CREATE TABLE itself SQLite lacks, such as partitions. */
  readonly lacks: string | null;
  readonly columns: readonly PostgresColumn[];
  /** The constraints of the table and of its columns, except NOT NULL, defaults, identity and generation. */
  readonly constraints: readonly PostgresConstraint[];
  readonly indexes: readonly PostgresIndex[];
  readonly comments: readonly string[];
}

export interface PostgresColumn {
  readonly name: string;
  readonly definition: ColumnDef;
  readonly comments: readonly string[];
}

export interface PostgresConstraint {
  readonly constraint: Constraint;
  /** The columns that it is about, where it says so itself. */
  readonly columns: readonly string[];
  readonly comments: readonly string[];
}

export interface PostgresIndex {
  readonly name: string;
  readonly offset: number;
  readonly definition: IndexStmt;
  readonly comments: readonly string[];
}

export interface PostgresEnum {
  readonly values: readonly string[];
  readonly comments: readonly string[];
}

export interface OtherObject {
  /** As a person would say it, such as `view`. */
  readonly kind: string;
  /** Null where the statement names nothing. */
  readonly name: string | null;
  readonly offset: number;
}
