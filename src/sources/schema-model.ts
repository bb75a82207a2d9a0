import type { HclExpression } from '../format/hcl-file.ts';

/** Where something stands: a path relative to the git root; line and column count from 1. */
export interface SourceLocation {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** A database as its HCL files define it. What can't be made out is null, and a file that isn't HCL gives what it can. */
export interface SchemaModel {
  readonly files: readonly SchemaFile[];
  readonly schemas: readonly Definition[];
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  /** All other blocks that stand directly in a file. */
  readonly others: readonly OtherBlock[];
  /** Whether Atlas makes more of the text than stands in it: `for_each`, or a block `dynamic`. */
  readonly computed: boolean;
}

export interface SchemaFile {
  readonly path: string;
  /** What the offsets of labels and expressions count in. */
  readonly text: string;
  /** The first place that is not HCL, and what is wrong there, without a final stop; null where all of it is HCL. */
  readonly problem: { readonly location: SourceLocation; readonly message: string } | null;
}

/** A name as it is written, in quotes or without; offsets are UTF-16 units of the file's text, quotes included. */
export interface Label {
  readonly location: SourceLocation;
  readonly start: number;
  readonly end: number;
}

/** What a block defines. Its name is null where the block has no label, or more than fit. */
export interface Named {
  readonly name: string | null;
  /** Of the last label, the name itself; null where there is none. */
  readonly label: Label | null;
  /** Of the block's first character. */
  readonly location: SourceLocation;
}

/** What a block defines that is nothing without a name; a block without one is left out of the model. */
export interface Definition extends Named {
  readonly name: string;
  readonly label: Label;
}

export interface Table extends Definition {
  /** Of the attribute `schema`, else of the first of two labels; null where neither says it. */
  readonly schema: SchemaReference | null;
  /** The first of two labels: `public` in `table "public" "users"`. */
  readonly qualifier: string | null;
  readonly columns: readonly Column[];
  readonly primaryKeys: readonly Index[];
  /** Indexes and unique constraints, in the order of the text. */
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly comment: Comment;
  /** Every other block that stands directly in the table. */
  readonly others: readonly OtherBlock[];
}

/** The text of a comment; `unknown` where it is an expression, null where there is none. */
export type Comment = { readonly text: string } | 'unknown' | null;

export interface Column extends Definition {
  readonly type: ColumnType | null;
  /** The attribute `null`; without it, a column takes no null. Null where it is an expression. */
  readonly nullable: boolean | null;
  /** As it is written; null where there is none. */
  readonly default: HclExpression | null;
  /** Postgres: has a block `identity`. */
  readonly identity: boolean;
  /** MySQL and SQLite. */
  readonly autoIncrement: boolean;
  /** Is generated from an expression (`as`). */
  readonly generated: boolean;
  readonly comment: Comment;
  /** The source of every other attribute, by its name: `charset`, `collate`, `unsigned`, `on_update`. */
  readonly settings: ReadonlyMap<string, string>;
}

export interface ColumnType {
  /** One text for all spellings of one expression: `varchar(8)`, `numeric(10,2)`, `enum.state`, `bigint unsigned`, `text[]`. Null where it is unknown. */
  readonly text: string | null;
  /** What stands before the parentheses, of `sql("…")` too: `varchar`, `numeric`. Null where it is unknown or an enum. */
  readonly base: string | null;
  /** The numbers and texts in the parentheses, as they are written. */
  readonly arguments: readonly string[];
  /** The enum or other block that it refers to. */
  readonly reference: TypeReference | null;
  /** Whether it is written as `sql("…")`. */
  readonly raw: boolean;
  readonly expression: HclExpression;
  readonly location: SourceLocation;
}

/** `enum.state` or `enum.public.state`; other kinds of block the same way. */
export interface TypeReference {
  readonly kind: string;
  readonly schema: string | null;
  readonly name: string;
}

export interface SchemaReference {
  readonly name: string;
  readonly location: SourceLocation;
}

/** `column.id`, `table.users.column.id` or `table.public.users.column.id`. */
export interface ColumnReference {
  /** Null where it is a column of the same table. */
  readonly table: { readonly name: string; readonly schema: string | null } | null;
  readonly column: string;
  readonly location: SourceLocation;
}

/** An index, a unique constraint or a primary key. */
export interface Index extends Named {
  readonly kind: 'index' | 'unique' | 'primary_key';
  /** Null where it is an expression. */
  readonly unique: boolean | null;
  /** Null where one of them is unknown, or none are given. */
  readonly parts: readonly IndexPart[] | null;
  /** The source of every attribute besides columns, `unique` and `comment`, by its name: `type`, `where`, `include`. */
  readonly settings: ReadonlyMap<string, string>;
  readonly comment: Comment;
}

export interface IndexPart {
  readonly location: SourceLocation;
  /** Null where it is an expression of SQL. */
  readonly column: ColumnReference | null;
  /** Of SQL; null where it is a column, or can't be told. */
  readonly expression: string | null;
  /** The source of every attribute besides the two, by its name: `desc`, `ops`, `prefix`. */
  readonly settings: ReadonlyMap<string, string>;
}

export interface ForeignKey extends Named {
  /** Null where one of them is unknown, or none are given. */
  readonly columns: readonly ColumnReference[] | null;
  readonly refColumns: readonly ColumnReference[] | null;
  /** The last name of a reference or a text, `CASCADE`; null where there is none or it can't be told. */
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
}

export interface Check extends Named {
  /** Null where it can't be told. */
  readonly expression: string | null;
}

export interface EnumType extends Definition {
  readonly schema: SchemaReference | null;
  readonly qualifier: string | null;
  /** Null where one of them can't be told. */
  readonly values: readonly string[] | null;
}

export interface OtherBlock extends Named {
  /** `view`, `function`, `partition`. */
  readonly type: string;
  readonly labels: readonly string[];
}
