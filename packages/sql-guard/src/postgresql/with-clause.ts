import { asBody, asList, asNode, asText, nameParts, nodeType, optionalNode, type AstNode } from '../grammar/ast.js';
import { fields, type Analysis } from './analysis.js';
import { derivedColumns, renamedColumns, type Columns } from './columns.js';
import { expression } from './expression.js';
import { emptyScope, type CteFrame, type Scope } from './scope.js';
import { selectStatement } from './select-statement.js';

const withFields = fields('ctes recursive location');
const cteFields = fields('ctename aliascolnames ctematerialized ctequery search_clause cycle_clause location');
const searchFields = fields('search_col_list search_breadth_first search_seq_column location');
const cycleFields = fields('cycle_col_list cycle_mark_column cycle_mark_value cycle_mark_default cycle_path_column location');
const unknown = derivedColumns([], 'computed');

/**
 * Common table expressions. Without RECURSIVE each sees those before it, and not itself: `WITH t AS (SELECT * FROM t)` reads the stored t.
 * With RECURSIVE all of them are in sight of all.
 */
export function withClause(analysis: Analysis, node: AstNode, parent: Scope | null, outer: CteFrame | null): CteFrame | null {
  analysis.onlyFields(node, 'WithClause', withFields);
  const recursive = node.recursive === true;
  const location = analysis.locate(node);
  if (recursive && !analysis.limits.recursion) analysis.refuse('recursion', 'WITH RECURSIVE is not allowed.', 'Write the statement without recursion.', location);
  const items = asList(node.ctes).map((item) => asBody(item, 'CommonTableExpr'));
  let frames = outer;
  const ahead = new Map<AstNode, { columns: Columns }>();
  // Ahead of its own query a common table expression is only known by its name.
  if (recursive) {
    for (const item of items) {
      const frame: { name: string; columns: Columns; parent: CteFrame | null } = { name: asText(item.ctename), columns: renamedColumns(unknown, nameParts(item.aliascolnames)), parent: frames };
      ahead.set(item, frame);
      frames = frame;
    }
  }
  for (const item of items) frames = { name: asText(item.ctename), columns: commonTableExpression(analysis, item, parent, frames, ahead.get(item)), parent: frames };
  return frames;
}

/** `itself` is what the query sees of itself, where it may be recursive: the columns of its first side. */
function commonTableExpression(analysis: Analysis, node: AstNode, parent: Scope | null, frames: CteFrame | null, itself: { columns: Columns } | undefined): Columns {
  const location = analysis.locate(node);
  analysis.onlyFields(node, 'CommonTableExpr', cteFields);
  analysis.commonTableExpressions += 1;
  if (analysis.commonTableExpressions > analysis.limits.commonTableExpressions) {
    analysis.refuse('limit', `There are more than ${String(analysis.limits.commonTableExpressions)} common table expressions.`, 'Write fewer.', location);
  }
  const query = asNode(node.ctequery);
  const type = nodeType(query);
  if (type !== 'SelectStmt') {
    analysis.refuse('data-modification', `WITH holds a statement that is not a SELECT (${type.replace('Stmt', '').toUpperCase()}).`, 'Use only SELECT in WITH.', location);
    return unknown;
  }
  const aliases = nameParts(node.aliascolnames);
  const onFirstSide = (first: Columns): void => {
    if (itself !== undefined) itself.columns = renamedColumns(first, aliases);
  };
  const columns = renamedColumns(selectStatement(analysis, query, { parent, ctes: frames, onFirstSide }), aliases);
  const added = [...searchColumns(analysis, optionalNode(node.search_clause)), ...cycleColumns(analysis, optionalNode(node.cycle_clause))];
  return columns.names === null ? columns : derivedColumns([...columns.names, ...added], 'no', columns.ordered, columns.names.map((name) => columns.growth(name)));
}

function searchColumns(analysis: Analysis, node: AstNode | null): string[] {
  if (node === null) return [];
  analysis.onlyFields(node, 'CTESearchClause', searchFields);
  return [asText(node.search_seq_column)];
}

function cycleColumns(analysis: Analysis, node: AstNode | null): string[] {
  if (node === null) return [];
  analysis.onlyFields(node, 'CTECycleClause', cycleFields);
  // Without TO and DEFAULT the grammar puts true and false here.
  for (const value of [node.cycle_mark_value, node.cycle_mark_default]) expression(analysis, { scope: emptyScope, ctes: null }, asNode(value));
  return [asText(node.cycle_mark_column), asText(node.cycle_path_column)];
}
