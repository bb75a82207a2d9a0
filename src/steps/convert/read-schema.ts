import type {
  AlterTableStmt,
  CommentStmt,
  Constraint,
  CreateStmt,
  IndexStmt,
  Node,
  RangeVar,
  RawStmt,
} from 'libpg-query';
import { postgresParser } from '../../dialects/postgres-parser.ts';
import { CheckError } from '../../errors.ts';
import type {
  OtherObject,
  PostgresColumn,
  PostgresConstraint,
  PostgresEnum,
  PostgresIndex,
  PostgresSchema,
  PostgresTable,
} from './schema-model.ts';
import { startOfStatement } from './source-positions.ts';
import { kindOf, lastName, strings } from './syntax-tree.ts';

/**
 * Reads the schema that the step `extract` made.
 *
 * @param sql CREATE and COMMENT statements, as Atlas writes them
 * @throws CheckError `convert-failed` for SQL that Postgres itself would not read
 */
export async function readPostgresSchema(sql: string, path: string): Promise<PostgresSchema> {
  // The parser refuses a text of nothing.
  if (sql.trim() === '') return { tables: [], enums: new Map(), others: [], comments: [] };
  const { parse } = await postgresParser();
  let statements: readonly RawStmt[];
  try {
    statements = (await parse(sql)).stmts ?? [];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CheckError('convert-failed', `The Postgres schema can't be read: ${reason}`, {
      place: { path },
      cause,
    });
  }
  const bytes = Buffer.from(sql);
  const draft = new SchemaDraft();
  for (const { stmt, stmt_location = 0 } of statements) {
    if (stmt !== undefined) draft.add(stmt, startOfStatement(bytes, stmt_location));
  }
  return draft.schema();
}

interface TableDraft extends PostgresTable {
  readonly columns: ColumnDraft[];
  readonly constraints: ConstraintDraft[];
  readonly indexes: IndexDraft[];
  readonly comments: string[];
}
type ColumnDraft = PostgresColumn & { readonly comments: string[] };
type ConstraintDraft = PostgresConstraint & { readonly comments: string[] };
type IndexDraft = PostgresIndex & { readonly comments: string[] };
type EnumDraft = PostgresEnum & { readonly comments: string[] };

/** Collects statements one after the other; a comment or an ALTER may stand anywhere after its object. */
class SchemaDraft {
  readonly #tables = new Map<string, TableDraft>();
  readonly #indexes = new Map<string, IndexDraft>();
  readonly #enums = new Map<string, EnumDraft>();
  readonly #others: OtherObject[] = [];
  readonly #comments: string[] = [];
  /** The one schema whose name may stand before other names; SQLite has none, so a second is a stranger. */
  #schema: string | null = null;

  add(node: Node, offset: number): void {
    if ('CreateStmt' in node) this.#addTable(node.CreateStmt, offset);
    else if ('IndexStmt' in node) this.#addIndex(node.IndexStmt, offset);
    else if ('CommentStmt' in node) this.#addComment(node.CommentStmt, offset);
    else if ('AlterTableStmt' in node) this.#alterTable(node.AlterTableStmt, offset);
    else if ('CreateEnumStmt' in node) {
      const path = strings(node.CreateEnumStmt.typeName);
      this.#sameSchema(path.length > 1 ? path[0] : undefined, offset);
      this.#enums.set(path.at(-1) ?? '', { values: strings(node.CreateEnumStmt.vals), comments: [] });
    } else if ('CreateSchemaStmt' in node) this.#sameSchema(node.CreateSchemaStmt.schemaname, offset);
    else this.#others.push({ ...namedObject(node), offset });
  }

  schema(): PostgresSchema {
    return {
      tables: [...this.#tables.values()],
      enums: this.#enums,
      others: this.#others,
      comments: this.#comments,
    };
  }

  #sameSchema(name: string | undefined, offset: number): void {
    if (name === undefined || name === this.#schema) return;
    if (this.#schema === null) this.#schema = name;
    else this.#others.push({ kind: 'second schema', name, offset });
  }

  #table(relation: RangeVar | undefined, offset: number): TableDraft | undefined {
    this.#sameSchema(relation?.schemaname, offset);
    return this.#tables.get(relation?.relname ?? '');
  }

  #addTable(statement: CreateStmt, offset: number): void {
    const name = statement.relation?.relname ?? '';
    this.#sameSchema(statement.relation?.schemaname, offset);
    const table: TableDraft = {
      ...{ name, offset, lacks: whatTableLacks(statement) },
      ...{ columns: [], constraints: [], indexes: [], comments: [] },
    };
    for (const element of statement.tableElts ?? []) {
      if ('ColumnDef' in element) {
        const column = element.ColumnDef.colname ?? '';
        table.columns.push({ name: column, definition: element.ColumnDef, comments: [] });
        for (const constraint of element.ColumnDef.constraints ?? []) {
          if ('Constraint' in constraint && ofTable(constraint.Constraint)) {
            table.constraints.push({ constraint: constraint.Constraint, columns: [column], comments: [] });
          }
        }
      } else if ('Constraint' in element) {
        table.constraints.push(tableConstraint(element.Constraint));
      } else this.#others.push({ kind: kindOf(element), name: null, offset });
    }
    this.#tables.set(name, table);
  }

  #addIndex(statement: IndexStmt, offset: number): void {
    const table = this.#table(statement.relation, offset);
    const name = statement.idxname ?? '';
    const index: IndexDraft = { name, offset, definition: statement, comments: [] };
    if (table === undefined) this.#others.push({ kind: 'index of an unknown table', name, offset });
    table?.indexes.push(index);
    this.#indexes.set(name, index);
  }

  #alterTable(statement: AlterTableStmt, offset: number): void {
    const table = this.#table(statement.relation, offset);
    for (const command of statement.cmds ?? []) {
      const cmd = 'AlterTableCmd' in command ? command.AlterTableCmd : undefined;
      const def = cmd?.def;
      if (
        table !== undefined &&
        cmd?.subtype === 'AT_AddConstraint' &&
        def !== undefined &&
        'Constraint' in def
      ) {
        table.constraints.push(tableConstraint(def.Constraint));
      } else this.#others.push({ kind: 'ALTER TABLE', name: statement.relation?.relname ?? null, offset });
    }
  }

  #addComment({ objtype, object, comment = '' }: CommentStmt, offset: number): void {
    const path =
      object !== undefined && 'List' in object
        ? strings(object.List.items)
        : object !== undefined && 'TypeName' in object
          ? strings(object.TypeName.names)
          : object !== undefined && 'String' in object
            ? [object.String.sval ?? '']
            : [];
    const owner = this.#commented(objtype, path);
    if (owner === undefined) {
      this.#others.push({ kind: 'comment on', name: path.join('.'), offset });
    } else if (comment !== '') owner.push(comment);
  }

  #commented(kind: CommentStmt['objtype'], path: readonly string[]): string[] | undefined {
    const [last = '', owner = ''] = path.toReversed();
    const ofOwner = this.#tables.get(owner);
    switch (kind) {
      case 'OBJECT_SCHEMA':
        return this.#comments;
      case 'OBJECT_TABLE':
        return this.#tables.get(last)?.comments;
      case 'OBJECT_INDEX':
        // A PRIMARY KEY or UNIQUE constraint is an index too.
        return this.#indexes.get(last)?.comments ?? this.#constraint(last)?.comments;
      case 'OBJECT_TYPE':
        return this.#enums.get(last)?.comments;
      case 'OBJECT_COLUMN':
        return ofOwner?.columns.find(({ name }) => name === last)?.comments;
      case 'OBJECT_TABCONSTRAINT':
        return ofOwner?.constraints.find(({ constraint }) => constraint.conname === last)?.comments;
      default:
        return undefined;
    }
  }

  #constraint(name: string): ConstraintDraft | undefined {
    return [...this.#tables.values()]
      .flatMap(({ constraints }) => constraints)
      .find(({ constraint }) => constraint.conname === name);
  }
}

function tableConstraint(constraint: Constraint): ConstraintDraft {
  const keys = constraint.contype === 'CONSTR_FOREIGN' ? constraint.fk_attrs : constraint.keys;
  return { constraint, columns: strings(keys), comments: [] };
}

/** Whether a constraint in a column's definition is one that could stand in the table's as well. */
function ofTable({ contype }: Constraint): boolean {
  return (
    contype === 'CONSTR_PRIMARY' ||
    contype === 'CONSTR_UNIQUE' ||
    contype === 'CONSTR_CHECK' ||
    contype === 'CONSTR_FOREIGN'
  );
}

function whatTableLacks(statement: CreateStmt): string | null {
  if (statement.partspec !== undefined || statement.partbound !== undefined) return 'partitions';
  if ((statement.inhRelations ?? []).length > 0) return 'inheritance';
  if (statement.relation?.relpersistence === 'u') return 'unlogged tables';
  if ((statement.options ?? []).length > 0) return 'storage parameters';
  return null;
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  ViewStmt: 'view',
  CreateFunctionStmt: 'function',
  CreateTrigStmt: 'trigger',
  CreateSeqStmt: 'sequence',
  CreateDomainStmt: 'domain',
  CompositeTypeStmt: 'composite type',
  CreateExtensionStmt: 'extension',
  CreatePolicyStmt: 'policy',
};

function namedObject(node: Node): { kind: string; name: string | null } {
  return { kind: KIND_WORDS[kindOf(node)] ?? kindOf(node), name: nameOf(node) };
}

function nameOf(node: Node): string | null {
  if ('ViewStmt' in node) return node.ViewStmt.view?.relname ?? null;
  if ('CreateFunctionStmt' in node) return lastName(node.CreateFunctionStmt.funcname);
  if ('CreateTrigStmt' in node) return node.CreateTrigStmt.trigname ?? null;
  if ('CreateSeqStmt' in node) return node.CreateSeqStmt.sequence?.relname ?? null;
  if ('CreateDomainStmt' in node) return lastName(node.CreateDomainStmt.domainname);
  if ('CompositeTypeStmt' in node) return node.CompositeTypeStmt.typevar?.relname ?? null;
  if ('CreateExtensionStmt' in node) return node.CreateExtensionStmt.extname ?? null;
  if ('CreatePolicyStmt' in node) return node.CreatePolicyStmt.policy_name ?? null;
  return null;
}
