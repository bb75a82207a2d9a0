import type { A_Expr, FuncCall, JoinExpr, Node, SelectStmt } from 'libpg-query';
import { integerConstant, strings } from '../steps/convert/syntax-tree.ts';
import { sqlcFunction } from './postgres-parameters.ts';
import { columnOf, eachNode, tableOf } from './postgres-tree.ts';
import type { BoundTable, ColumnReference, Equality, RowBound } from './query-facts.ts';

const ONE: RowBound = { kind: 'one' };
const UNKNOWN: RowBound = { kind: 'unknown' };

/** How many rows a statement can give, as far as it says itself. Where it is not certain, nothing is said. */
export function rowBoundOf(stmt: Node): RowBound {
  if ('SelectStmt' in stmt) return ofSelect(stmt.SelectStmt);
  if ('InsertStmt' in stmt) {
    const { selectStmt } = stmt.InsertStmt;
    if (selectStmt === undefined) return ONE;
    if (!('SelectStmt' in selectStmt)) return UNKNOWN;
    const rows = selectStmt.SelectStmt.valuesLists?.length;
    if (rows === undefined) return UNKNOWN;
    return rows === 1 ? ONE : { kind: 'several' };
  }
  const change = 'UpdateStmt' in stmt ? stmt.UpdateStmt : 'DeleteStmt' in stmt ? stmt.DeleteStmt : null;
  if (change?.relation === undefined) return UNKNOWN;
  const others =
    'usingClause' in change ? change.usingClause : 'fromClause' in change ? change.fromClause : [];
  const hidden = commonTables(change.withClause?.ctes);
  return ofTables([{ RangeVar: change.relation }, ...(others ?? [])], change.whereClause, hidden);
}

function ofSelect(select: SelectStmt): RowBound {
  const { op, limitCount, groupClause, distinctClause, targetList = [], fromClause = [] } = select;
  if (op !== undefined && op !== 'SETOP_NONE') return UNKNOWN;
  if (select.valuesLists !== undefined) return UNKNOWN;
  // A limit that the caller gives, or a larger one, is meant.
  if (limitCount !== undefined && !isNull(limitCount))
    return integerConstant(limitCount) === 1 ? ONE : UNKNOWN;
  if (distinctClause !== undefined || groupClause !== undefined) return UNKNOWN;
  if (select.havingClause !== undefined) return ONE;
  if (targetList.some(mayCount)) return UNKNOWN;
  if (fromClause.length === 0) return ONE;
  return ofTables(fromClause, select.whereClause, commonTables(select.withClause?.ctes));
}

function isNull(node: Node): boolean {
  return 'A_Const' in node && node.A_Const.isnull === true;
}

/** Functions of one row each; any other may be an aggregate, which makes one row of all, or give a set of rows. */
const SCALAR = new Set(
  'lower upper length char_length octet_length trim btrim ltrim rtrim concat concat_ws substring substr replace left right now date_trunc date_part extract age to_char to_date to_timestamp to_json to_jsonb row_to_json json_build_object jsonb_build_object json_build_array jsonb_build_array abs ceil ceiling floor round trunc md5 encode decode format split_part strpos timezone array_length cardinality array_to_string jsonb_array_length json_array_length jsonb_extract_path_text jsonb_set random gen_random_uuid st_x st_y st_asgeojson st_astext st_distance similarity'.split(
    ' ',
  ),
);

/** Whether a part of the result may turn many rows into one, or one into many. */
function mayCount(target: Node): boolean {
  let may = false;
  eachNode(target, (node) => {
    if ('SubLink' in node) return false;
    if ('FuncCall' in node) may ||= !isScalar(node.FuncCall);
    return true;
  });
  return may;
}

function isScalar(call: FuncCall): boolean {
  if (call.over !== undefined || sqlcFunction(call) !== null) return true;
  return SCALAR.has(strings(call.funcname).at(-1) ?? '');
}

/** The names that WITH gives: they are no tables. */
function commonTables(ctes: readonly Node[] = []): ReadonlySet<string> {
  return new Set(
    ctes.flatMap((cte) => ('CommonTableExpr' in cte ? [cte.CommonTableExpr.ctename ?? ''] : [])),
  );
}

interface Joined {
  readonly tables: BoundTable[];
  readonly equalities: Equality[];
}

function ofTables(from: readonly Node[], where: Node | undefined, hidden: ReadonlySet<string>): RowBound {
  const joined: Joined = { tables: [], equalities: [] };
  for (const item of from) {
    if (!addItem(item, joined, hidden)) return UNKNOWN;
  }
  joined.equalities.push(...equalitiesOf(where, null));
  return { kind: 'by-key', ...joined };
}

/** @returns false where it is not known which rows an item stands for */
function addItem(item: Node, joined: Joined, hidden: ReadonlySet<string>): boolean {
  if ('RangeVar' in item) {
    const table = tableOf(item.RangeVar);
    if (table.schema === null && hidden.has(table.name)) return false;
    joined.tables.push(table);
    return true;
  }
  return 'JoinExpr' in item && addJoin(item.JoinExpr, joined, hidden);
}

function addJoin(join: JoinExpr, joined: Joined, hidden: ReadonlySet<string>): boolean {
  const { jointype, larg, rarg, usingClause, quals } = join;
  if (jointype !== 'JOIN_INNER' && jointype !== 'JOIN_LEFT') return false;
  if (join.isNatural === true || larg === undefined || rarg === undefined) return false;
  const before = joined.tables.length;
  if (!addItem(larg, joined, hidden)) return false;
  const between = joined.tables.length;
  if (!addItem(rarg, joined, hidden)) return false;
  const aliases = (from: number, to?: number) => joined.tables.slice(from, to).map(({ alias }) => alias);
  const [lefts, rights] = [aliases(before, between), aliases(between)];
  // What an outer join asks says nothing of the rows on its left.
  joined.equalities.push(...equalitiesOf(quals, jointype === 'JOIN_LEFT' ? rights : null));
  for (const column of strings(usingClause)) {
    const [left, right] = [lefts.at(-1), rights[0]];
    if (lefts.length !== 1 || rights.length !== 1 || left === undefined || right === undefined) return false;
    const [a, b] = [
      { table: left, column },
      { table: right, column },
    ];
    joined.equalities.push({ column: b, given: [a], binds: rights });
    if (jointype === 'JOIN_INNER') joined.equalities.push({ column: a, given: [b], binds: lefts });
  }
  return true;
}

/** The equalities that hold for every row, of conditions that AND joins. */
function equalitiesOf(condition: Node | undefined, binds: readonly string[] | null): readonly Equality[] {
  if (condition === undefined) return [];
  if ('BoolExpr' in condition) {
    const { boolop, args = [] } = condition.BoolExpr;
    return boolop === 'AND_EXPR' ? args.flatMap((arg) => equalitiesOf(arg, binds)) : [];
  }
  if ('A_Expr' in condition) return ofOperation(condition.A_Expr, binds);
  if ('SubLink' in condition) {
    const { testexpr, subLinkType, subselect } = condition.SubLink;
    const isOne =
      subselect !== undefined && 'SelectStmt' in subselect && ofSelect(subselect.SelectStmt).kind === 'one';
    return subLinkType === 'ANY_SUBLINK' && testexpr !== undefined && isOne ? sides(testexpr, [], binds) : [];
  }
  return [];
}

function ofOperation({ kind, name, lexpr, rexpr }: A_Expr, binds: readonly string[] | null): Equality[] {
  const isEqual = kind === 'AEXPR_NOT_DISTINCT' || (kind === 'AEXPR_OP' && strings(name).join('') === '=');
  if (lexpr === undefined || rexpr === undefined) return [];
  if (kind === 'AEXPR_IN' && strings(name).join('') === '=' && 'List' in rexpr) {
    return rexpr.List.items?.length === 1 ? sides(lexpr, columnsIn(rexpr), binds) : [];
  }
  if (!isEqual) return [];
  if ('RowExpr' in lexpr && 'RowExpr' in rexpr) {
    const others = rexpr.RowExpr.args ?? [];
    return (lexpr.RowExpr.args ?? []).flatMap((left, index) => {
      const right = others[index];
      return right === undefined
        ? []
        : [...sides(left, columnsIn(right), binds), ...sides(right, columnsIn(left), binds)];
    });
  }
  return [...sides(lexpr, columnsIn(rexpr), binds), ...sides(rexpr, columnsIn(lexpr), binds)];
}

/** That one side equals the other: a column, or an expression over columns, once the other side is given. */
function sides(side: Node, given: readonly ColumnReference[], binds: readonly string[] | null): Equality[] {
  const bare = uncast(side);
  if ('RowExpr' in bare) return (bare.RowExpr.args ?? []).flatMap((arg) => sides(arg, given, binds));
  if ('ColumnRef' in bare) {
    const column = columnOf(bare.ColumnRef);
    return column === null ? [] : [{ column, given, binds }];
  }
  return columnsIn(bare).length === 0 ? [] : [{ column: null, given, binds }];
}

function uncast(node: Node): Node {
  if ('TypeCast' in node && node.TypeCast.arg !== undefined) return uncast(node.TypeCast.arg);
  if ('CollateClause' in node && node.CollateClause.arg !== undefined) return uncast(node.CollateClause.arg);
  return node;
}

/** The columns of this selection that an expression reads. A selection inside is taken for a constant. */
function columnsIn(node: Node): readonly ColumnReference[] {
  const found: ColumnReference[] = [];
  eachNode(node, (part) => {
    if ('SubLink' in part || ('FuncCall' in part && sqlcFunction(part.FuncCall) !== null)) return false;
    if ('A_Expr' in part && part.A_Expr.lexpr === undefined && strings(part.A_Expr.name).join('') === '@')
      return false;
    if ('ColumnRef' in part) {
      const column = columnOf(part.ColumnRef);
      if (column !== null) found.push(column);
    }
    return true;
  });
  return found;
}
