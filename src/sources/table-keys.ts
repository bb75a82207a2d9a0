import type {
  AlterTableStmt,
  ColumnDef,
  Constraint,
  CreateStmt,
  IndexStmt,
  Node,
  RangeVar,
} from 'libpg-query';
import { postgresParser } from '../dialects/postgres-parser.ts';
import { strings } from '../steps/convert/syntax-tree.ts';
import type { Index, SchemaModel } from './schema-model.ts';

/** A table with what at most one of its rows can hold. */
export interface TableKeys {
  readonly name: string;
  readonly columns: ReadonlySet<string>;
  /** Primary keys, unique constraints and unique indexes, partial ones too; null where they are not known. */
  readonly keys: readonly UniqueKey[] | null;
}

/** The columns of a key; null for a part that is an expression. */
type UniqueKey = readonly (string | null)[];

/** The tables of a schema in HCL. */
export function keysOfModel({ tables }: SchemaModel): readonly TableKeys[] {
  return tables.map(({ name, columns, primaryKeys, indexes, others }) => {
    const unique = [
      ...primaryKeys,
      ...indexes.filter((index) => index.kind === 'unique' || index.unique !== false),
    ];
    const keys = unique.map(keyOf);
    // An exclusion can keep a table to one row for a value as well.
    const isKnown =
      others.length === 0 && unique.every((index) => index.kind !== 'index' || index.unique !== null);
    const known = keys.filter((key) => key !== null);
    return {
      name,
      columns: new Set(columns.map((column) => column.name)),
      keys: isKnown && known.length === keys.length ? known : null,
    };
  });
}

function keyOf({ parts }: Index): UniqueKey | null {
  return parts === null ? null : parts.map(({ column }) => column?.column ?? null);
}

interface TableDraft {
  readonly columns: Set<string>;
  keys: UniqueKey[] | null;
}

/**
 * The tables that a text of CREATE statements makes.
 *
 * @returns null where it can't be read, or takes away what can't be followed
 */
export async function keysOfSql(sql: string): Promise<readonly TableKeys[] | null> {
  if (sql.trim() === '') return [];
  const { parseSync } = await postgresParser();
  const tables = new Map<string, TableDraft>();
  try {
    for (const { stmt } of parseSync(sql).stmts ?? []) {
      if (stmt !== undefined && !addStatement(stmt, tables)) return null;
    }
  } catch {
    return null;
  }
  return [...tables].map(([name, table]) => ({ name, ...table }));
}

/** @returns false where the keys of no table are certain any more */
function addStatement(stmt: Node, tables: Map<string, TableDraft>): boolean {
  if ('CreateStmt' in stmt) addTable(stmt.CreateStmt, tables);
  else if ('IndexStmt' in stmt) addIndex(stmt.IndexStmt, tables);
  else if ('AlterTableStmt' in stmt) alterTable(stmt.AlterTableStmt, tables);
  return !('DropStmt' in stmt || 'RenameStmt' in stmt || 'DoStmt' in stmt);
}

function addTable(
  { relation, tableElts = [], inhRelations, ofTypename }: CreateStmt,
  tables: Map<string, TableDraft>,
): void {
  const name = relation?.relname ?? '';
  const isPlain = inhRelations === undefined && ofTypename === undefined && !tables.has(name);
  const table: TableDraft = { columns: new Set(), keys: isPlain ? [] : null };
  tables.set(name, table);
  for (const element of tableElts) {
    if ('ColumnDef' in element) addColumn(element.ColumnDef, table);
    else if ('Constraint' in element) addConstraint(element.Constraint, table);
    else table.keys = null;
  }
}

function addColumn({ colname = '', constraints = [] }: ColumnDef, table: TableDraft): void {
  table.columns.add(colname);
  for (const item of constraints) {
    if (!('Constraint' in item)) continue;
    const { contype } = item.Constraint;
    if (contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_UNIQUE') table.keys?.push([colname]);
  }
}

function addConstraint({ contype, keys, indexname }: Constraint, table: TableDraft): void {
  if (contype === 'CONSTR_EXCLUSION') table.keys = null;
  const isUnique = contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_UNIQUE';
  if (isUnique && indexname === undefined) table.keys?.push(strings(keys));
}

function addIndex({ relation, unique, indexParams = [] }: IndexStmt, tables: Map<string, TableDraft>): void {
  if (unique !== true) return;
  const key = indexParams.map((part) => ('IndexElem' in part ? (part.IndexElem.name ?? null) : null));
  tableOf(relation, tables)?.keys?.push(key);
}

function alterTable({ relation, cmds = [] }: AlterTableStmt, tables: Map<string, TableDraft>): void {
  const table = tableOf(relation, tables);
  if (table === undefined) return;
  for (const command of cmds) {
    if (!('AlterTableCmd' in command)) continue;
    const { subtype, def } = command.AlterTableCmd;
    if (subtype === 'AT_AddConstraint' && def !== undefined && 'Constraint' in def)
      addConstraint(def.Constraint, table);
    else if (subtype === 'AT_AddColumn' && def !== undefined && 'ColumnDef' in def)
      addColumn(def.ColumnDef, table);
    else if (subtype === 'AT_DropConstraint' || subtype === 'AT_DropColumn') table.keys = null;
  }
}

function tableOf(relation: RangeVar | undefined, tables: Map<string, TableDraft>): TableDraft | undefined {
  return tables.get(relation?.relname ?? '');
}
