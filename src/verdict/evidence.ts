import type { DialectName } from '../config/dialect-names.ts';
import type { OutputOverlap } from '../plan/output-overlaps.ts';
import type { SqlcSteps } from '../plan/steps.ts';
import type { DatabaseTarget } from '../plan/targets.ts';
import type { IgnoreComment } from '../sources/ignore-comments.ts';
import type { QueryFile } from '../sources/query-file.ts';
import type { QueryParameter } from '../sources/query-parameters.ts';
import type { SchemaModel } from '../sources/schema-model.ts';
import type { TableKeys } from '../sources/table-keys.ts';
import type { SharedObjectConflict } from '../steps/shared-objects.ts';
import type { EntryCollision } from '../steps/sqlc-generate.ts';
import type { SourceFile, SourceProblem } from '../steps/step-result.ts';
import type { Location } from './location.ts';
import type { OutputState } from './output-state.ts';

/** What every rule may know besides its evidence. */
export interface RuleFacts {
  /** The command that regenerates what the snapshot was judged by: `dbcheck fix --stage` for the index. */
  readonly fixCommand: string;
  /** The paths that differ between HEAD and the snapshot; empty where the snapshot is HEAD. */
  readonly changed: ReadonlySet<string>;
}

/** A database that has a schema, and whose migrations were planned. */
export interface DatabaseEvidence {
  readonly kind: 'database';
  readonly id: string;
  readonly target: DatabaseTarget;
  /** The path of the one baseline that is kept. */
  readonly baseline: string;
  /** Every file of the migrations folder, and every file that the step `plan` makes. */
  readonly migrations: readonly OutputState[];
  /** Whether the committed `atlas.sum` fits the committed migrations; null where there is none. */
  readonly checksumFits: boolean | null;
  /** The sqlc schema; null where no step makes one. */
  readonly sqlcSchema: OutputState | null;
}

/** A database whose sqlc schema was converted from another dialect's. */
export interface DerivedEvidence {
  readonly kind: 'derived';
  readonly id: string;
  readonly target: DatabaseTarget;
  readonly from: string;
  readonly sqlcSchema: OutputState;
}

/** A database whose schema is gone, with what is left of it. */
interface RemovedEvidence {
  readonly kind: 'removed';
  readonly id: string;
  readonly target: DatabaseTarget;
  readonly migrations: readonly SourceFile[];
  readonly sqlcSchema: SourceFile | null;
}

/** A database whose outputs stand, besides their place, where HEAD's configuration had them made. */
interface MovedEvidence {
  readonly kind: 'moved';
  readonly id: string;
  /** As HEAD's configuration lays it out. */
  readonly target: DatabaseTarget;
  readonly migrations: readonly SourceFile[];
  readonly sqlcSchema: SourceFile | null;
}

/** An sqlc configuration whose code was generated. */
export interface SqlcEvidence {
  readonly kind: 'sqlc';
  readonly id: string;
  readonly steps: SqlcSteps;
  /** The files that sqlc makes; as orphans, marked files in its folders that nothing makes. */
  readonly outputs: readonly OutputState[];
  readonly collisions: readonly EntryCollision[];
  /** The version of the sqlc that ran, as a header shows it (`v1.31.1`); null where it is unknown. */
  readonly sqlcVersion: string | null;
}

/** An sqlc configuration that is gone from the snapshot, with the marked files in its folders that nothing makes. */
interface RemovedSqlcEvidence {
  readonly kind: 'removed-sqlc';
  readonly id: string;
  readonly orphans: readonly SourceFile[];
}

/** A target whose generator refused the sources. */
interface RefusedEvidence {
  readonly kind: 'refused';
  readonly id: string;
  readonly problems: readonly SourceProblem[];
  /** What refused: Atlas the HCL, the conversion a regenerated schema, or sqlc queries and schemas. */
  readonly step: 'plan' | 'convert' | 'sqlc';
  readonly queryFiles: readonly string[];
}

/** The queries of one entry of an sqlc configuration, read without any tool. */
export interface QueryEvidence {
  readonly kind: 'queries';
  readonly id: string;
  readonly dialect: DialectName;
  readonly files: readonly QueryFile[];
  /** The schema files that the snapshot has of those that the entry reads. */
  readonly schemas: readonly SourceFile[];
  /** The tables of the schema with their keys, for Postgres; null where they are not known. */
  readonly tables: readonly TableKeys[] | null;
  /** The path of each file as it is to be laid out; without those that can't be, and empty where that is not asked for. */
  readonly formatted: ReadonlyMap<string, Buffer>;
}

/** The HCL files of a database, with their canonical form; null where a file can't be parsed. */
export interface FormatEvidence {
  readonly kind: 'format';
  readonly id: string;
  readonly files: readonly {
    readonly path: string;
    readonly bytes: Buffer;
    readonly formatted: Buffer | null;
  }[];
}

/** A database as its HCL files define it. */
export interface SchemaEvidence {
  readonly kind: 'schema';
  readonly id: string;
  readonly dialect: DialectName;
  /** All dialects that the project has, the ones included whose schemas are derived. */
  readonly dialects: readonly DialectName[];
  readonly model: SchemaModel;
}

/** What two configurations both write into one folder. */
export interface CollisionEvidence {
  readonly kind: 'collision';
  readonly id: string;
  readonly paths: readonly string[];
  /** The configuration that writes these files as well. */
  readonly other: string;
  /** Where the second of the two names its output. */
  readonly location: Location;
}

interface ConflictEvidence {
  readonly kind: 'conflict';
  readonly id: string;
  readonly conflict: SharedObjectConflict;
  readonly schemaFiles: readonly SourceFile[];
}

/** One database as each dialect has it, where people write it for more than one. */
export interface SchemaParityEvidence {
  readonly kind: 'schema-parity';
  /** The first of the targets. */
  readonly id: string;
  readonly dialects: readonly {
    readonly dialect: DialectName;
    readonly id: string;
    readonly model: SchemaModel;
  }[];
}

/** One set of queries as each dialect has it. */
interface QueryParityEvidence {
  readonly kind: 'query-parity';
  /** The first of the configurations. */
  readonly id: string;
  readonly dialects: readonly {
    readonly dialect: DialectName;
    /** The configuration. */
    readonly id: string;
    readonly queries: readonly ParityQuery[];
  }[];
}

/** A query, as far as it is held against those of its name in other dialects. */
export interface ParityQuery {
  readonly name: string;
  /** With its colon, such as `:one`. */
  readonly command: string;
  /** Of the name. */
  readonly location: Location;
  /** Every place where a parameter stands; null where the query can't be parsed. */
  readonly parameters: readonly QueryParameter[] | null;
}

/** The migrations of a database that has a schema, read without any tool. */
export interface MigrationsEvidence {
  readonly kind: 'migrations';
  readonly id: string;
  readonly target: DatabaseTarget;
  /** The files that stand in the migrations folder itself, in the order of their names; `atlas.sum` is left out. */
  readonly files: readonly SourceFile[];
}

/** What is laid out in a migrations folder and is no migration. */
interface OverlapEvidence {
  readonly kind: 'overlap';
  readonly id: string;
  readonly overlap: OutputOverlap;
  /** How many more there are by the same line of the configuration. */
  readonly more: number;
}

/** The comments in a target's sources that accept what rules find. */
export interface IgnoreCommentsEvidence {
  readonly kind: 'ignore-comments';
  readonly id: string;
  readonly comments: readonly IgnoreComment[];
}

/** Files that a target's steps make, that the snapshot lacks, and that one pattern has git ignore. */
export interface IgnoredOutputsEvidence {
  readonly kind: 'ignored-outputs';
  readonly id: string;
  readonly paths: readonly string[];
  readonly pattern: string;
  /** The file that the pattern stands in, as git names it. */
  readonly source: string;
  /** The pattern's line where the snapshot has it; null where it stands outside of the snapshot. */
  readonly location: Location | null;
}

/** Marked files outside of every declared output folder. */
interface UnclaimedEvidence {
  readonly kind: 'unclaimed';
  readonly id: string;
  readonly paths: readonly string[];
}

export type Evidence =
  | DatabaseEvidence
  | DerivedEvidence
  | RemovedEvidence
  | MovedEvidence
  | SqlcEvidence
  | RemovedSqlcEvidence
  | RefusedEvidence
  | QueryEvidence
  | FormatEvidence
  | SchemaEvidence
  | CollisionEvidence
  | ConflictEvidence
  | UnclaimedEvidence
  | MigrationsEvidence
  | OverlapEvidence
  | IgnoreCommentsEvidence
  | IgnoredOutputsEvidence
  | SchemaParityEvidence
  | QueryParityEvidence;
