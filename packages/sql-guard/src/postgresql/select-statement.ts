import { asBody, asList, asNode, asText, bodyOf, optionalNode, type AstNode } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { bareColumnName, readStar } from './column-reference.js';
import { derivedColumns, leastKnown, unitedColumns, type Columns, type Unlisted } from './columns.js';
import { expression, expressions, optionalExpression } from './expression.js';
import { fromClause } from './from-clause.js';
import { expandedRow } from './indirection.js';
import { sortOrder } from './operator-expression.js';
import { isExpansion, outputName } from './output-name.js';
import { emptyScope, type CteFrame, type Scope } from './scope.js';
import { windowClause } from './window-clause.js';
import { withClause } from './with-clause.js';

export interface SelectPlace {
  readonly parent: Scope | null;
  readonly ctes: CteFrame | null;
  /** Inside EXISTS the output is never computed, so a star there reveals nothing. */
  readonly existsOnly?: boolean;
  /** The statement itself, whose output goes to the caller and meets nothing. */
  readonly outermost?: boolean;
  /** Told the columns of the first side of a set operation before the second is walked, which is how a recursive query sees itself. */
  readonly onFirstSide?: (columns: Columns) => void;
}

const selectFields = fields(
  'distinctClause targetList fromClause whereClause groupClause groupDistinct havingClause windowClause valuesLists sortClause limitOffset limitCount limitOption withClause op all larg rarg intoClause lockingClause',
);
const unknown = derivedColumns([], 'maybe');
const setOperations = fields('SETOP_UNION SETOP_INTERSECT SETOP_EXCEPT');
const limitOptions = fields('LIMIT_OPTION_DEFAULT LIMIT_OPTION_COUNT LIMIT_OPTION_WITH_TIES');

/** A query: SELECT, VALUES, TABLE or a set operation, given as `{ SelectStmt }`. Returns its output columns. */
export function selectStatement(analysis: Analysis, wrapper: AstNode, place: SelectPlace): Columns {
  return query(analysis, asBody(wrapper, 'SelectStmt'), place);
}

function query(analysis: Analysis, node: AstNode, place: SelectPlace): Columns {
  analysis.onlyFields(node, 'SelectStmt', selectFields);
  if (node.intoClause !== undefined) analysis.refuse('select-into', 'SELECT INTO creates a table.', 'Leave INTO out.', analysis.place);
  if (asList(node.lockingClause).length > 0) analysis.refuse('row-locking', 'FOR UPDATE and FOR SHARE lock rows.', 'Leave the locking clause out.', analysis.place);
  if (!limitOptions.has(asText(node.limitOption))) analysis.unsupported(`SelectStmt ${asText(node.limitOption)}`);
  analysis.queryDepth += 1;
  let columns = unknown;
  if (analysis.queryDepth > analysis.limits.queryDepth) analysis.refuse('limit', `Queries are nested more than ${String(analysis.limits.queryDepth)} deep.`, 'Write fewer levels.', analysis.place);
  else {
    const withNode = optionalNode(node.withClause);
    const ctes = withNode === null ? place.ctes : withClause(analysis, withNode, place.parent, place.ctes);
    const operation = asText(node.op);
    if (operation !== 'SETOP_NONE') columns = setOperation(analysis, node, operation, { ...place, ctes });
    else if (node.valuesLists !== undefined) columns = values(analysis, node, place.parent, ctes);
    else columns = simpleSelect(analysis, node, { ...place, ctes });
  }
  analysis.queryDepth -= 1;
  return columns;
}

function setOperation(analysis: Analysis, node: AstNode, operation: string, { parent, ctes, onFirstSide }: SelectPlace): Columns {
  if (!setOperations.has(operation)) analysis.unsupported(`SelectStmt ${operation}`);
  analysis.setOperations += 1;
  if (analysis.setOperations > analysis.limits.setOperations) analysis.refuse('limit', `There are more than ${String(analysis.limits.setOperations)} set operations.`, 'Write fewer.', analysis.place);
  // Each side sees the enclosing WITH but no names of the other side. The grammar nests chains to the left, so depth is not counted on that side.
  analysis.queryDepth -= 1;
  const columns = query(analysis, asNode(node.larg), { parent, ctes });
  onFirstSide?.(columns);
  const others = query(analysis, asNode(node.rarg), { parent, ctes });
  analysis.queryDepth += 1;
  const scope: Scope = { items: [{ alias: null, schema: null, columns, exposes: true }], parent };
  sortClause(analysis, { scope, ctes }, node, columns.names ?? []);
  limitClause(analysis, node, parent, ctes);
  return unitedColumns(columns, others);
}

function values(analysis: Analysis, node: AstNode, parent: Scope | null, ctes: CteFrame | null): Columns {
  const place: Place = { scope: { items: [], parent }, ctes };
  const before = analysis.growth;
  let width = 0;
  for (const item of asList(node.valuesLists)) {
    const { items } = asBody(item, 'List');
    width = Math.max(width, asList(items).length);
    expressions(analysis, place, items);
  }
  const names = Array.from({ length: width }, (_, index) => `column${String(index + 1)}`);
  const columns = derivedColumns(names, 'no', true, names.map(() => Math.max(1, analysis.growth - before)));
  sortClause(analysis, { scope: { items: [{ alias: null, schema: null, columns, exposes: true }], parent }, ctes }, node, names);
  limitClause(analysis, node, parent, ctes);
  return columns;
}

function simpleSelect(analysis: Analysis, node: AstNode, { parent, ctes, existsOnly = false, outermost = false }: SelectPlace): Columns {
  const items = fromClause(analysis, node.fromClause, parent, ctes);
  const place: Place = { scope: { items, parent }, ctes };
  const { columns, names } = targetList(analysis, place, node, existsOnly, outermost);
  optionalExpression(analysis, place, node.whereClause);
  for (const item of asList(node.groupClause)) groupItem(analysis, place, item, names);
  optionalExpression(analysis, place, node.havingClause);
  windowClause(analysis, place, node.windowClause);
  // DISTINCT alone is a list of one empty node.
  for (const item of asList(node.distinctClause)) if (Object.keys(item).length > 0) outputOrExpression(analysis, place, item, names);
  sortClause(analysis, place, node, names);
  limitClause(analysis, node, parent, ctes);
  return columns;
}

const targetFields = fields('name val location');

/** The output columns, and those of their names that are known. */
function targetList(analysis: Analysis, place: Place, node: AstNode, existsOnly: boolean, outermost: boolean): { readonly columns: Columns; readonly names: readonly string[] } {
  const names: string[] = [];
  const growths: number[] = [];
  const unnamed: number[] = [];
  let unlisted: Unlisted = 'no';
  let ordered = true;
  for (const item of asList(node.targetList)) {
    const target = asBody(item, 'ResTarget');
    analysis.onlyFields(target, 'ResTarget', targetFields);
    const value = asNode(target.val);
    if (isExpansion(value)) {
      const before = analysis.growth;
      const expanded = expansion(analysis, place, value, existsOnly && node.distinctClause === undefined && node.groupClause === undefined);
      for (const columns of expanded) {
        if (columns.names === null) {
          unlisted = leastKnown(unlisted, columns.unlisted);
          unnamed.push(columns.growth('*'));
          continue;
        }
        names.push(...columns.names);
        // Each column of (expression).* is the whole expression.
        const least = value.A_Indirection === undefined ? 1 : analysis.growth - before;
        for (const name of columns.names) growths.push(Math.max(least, columns.growth(name)));
      }
      // Of several relations, those of a join may have merged columns.
      ordered &&= expanded.length === 1 && expanded[0]?.ordered === true;
      continue;
    }
    const before = analysis.growth;
    if (outermost) analysis.namedType = bodyOf(value, 'FuncCall');
    expression(analysis, place, value);
    const growth = Math.max(1, analysis.growth - before);
    const name = target.name === undefined ? outputName(value) : asText(target.name);
    if (name === null) {
      unlisted = leastKnown(unlisted, 'computed');
      unnamed.push(growth);
      continue;
    }
    names.push(name);
    growths.push(growth);
  }
  // A query that groups is never flattened.
  const flat = node.groupClause === undefined || analysis.quotes;
  return { columns: derivedColumns(names, unlisted, ordered, flat ? [...growths, ...unnamed] : []), names };
}

/** What a star in the output stands for. A bare one is passed over where the output is never computed, nor told apart by. */
function expansion(analysis: Analysis, place: Place, value: AstNode, unseen: boolean): readonly Columns[] {
  const star = bodyOf(value, 'ColumnRef');
  if (star !== null) {
    if (unseen && asList(star.fields).length === 1) return [];
    return (readStar(analysis, place.scope, star) ?? []).map(({ columns }) => columns);
  }
  expression(analysis, place, value);
  return [expandedRow(analysis, place.scope, asNode(value.A_Indirection))];
}

/** GROUP BY prefers a column of FROM, then the name of an output column. */
function groupItem(analysis: Analysis, place: Place, item: AstNode, names: readonly string[]): void {
  const set = bodyOf(item, 'GroupingSet');
  if (set !== null) analysis.onlyFields(set, 'GroupingSet', groupingFields);
  // PostgreSQL takes (a, b) apart, but not ROW(a, b).
  const list = set === null ? bodyOf(item, 'RowExpr') : null;
  const members = set?.content ?? (list?.row_format === 'COERCE_IMPLICIT_CAST' ? list.args : undefined);
  if (members !== undefined) {
    for (const member of asList(members)) groupItem(analysis, place, member, names);
    return;
  }
  if (set !== null) return;
  const name = bareColumnName(item);
  const isColumn = name !== null && place.scope.items.some((candidate) => candidate.exposes && candidate.columns.find(name) !== 'no');
  if (isColumn) expression(analysis, place, item);
  else outputOrExpression(analysis, place, item, names);
}
const groupingFields = fields('kind content location');

/** ORDER BY and DISTINCT ON prefer the name of an output column. */
function outputOrExpression(analysis: Analysis, place: Place, item: AstNode, names: readonly string[]): void {
  const name = bareColumnName(item);
  if (name === null || !names.includes(name)) expression(analysis, place, item);
}

function sortClause(analysis: Analysis, place: Place, node: AstNode, names: readonly string[]): void {
  for (const item of asList(node.sortClause)) {
    const sort = asBody(item, 'SortBy');
    sortOrder(analysis, sort);
    outputOrExpression(analysis, place, asNode(sort.node), names);
  }
}

function limitClause(analysis: Analysis, node: AstNode, parent: Scope | null, ctes: CteFrame | null): void {
  if (node.limitOffset === undefined && node.limitCount === undefined) return;
  const place: Place = { scope: parent ?? emptyScope, ctes };
  optionalExpression(analysis, place, node.limitOffset);
  optionalExpression(analysis, place, node.limitCount);
}
