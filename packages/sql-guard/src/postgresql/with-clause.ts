import { asList, asNode, asText, bodyOf, nameParts, nodeType, optionalNode, type AstNode } from '../grammar/ast.js';
import { fields, type Analysis } from './analysis.js';
import { derivedColumns, renamedColumns } from './columns.js';
import { expression } from './expression.js';
import { emptyScope, type CteFrame, type Scope } from './scope.js';
import { selectStatement } from './select-statement.js';

const withFields = fields('ctes recursive location');
const cteFields = fields('ctename aliascolnames ctematerialized ctequery search_clause cycle_clause location');
const searchFields = fields('search_col_list search_breadth_first search_seq_column location');
const cycleFields = fields('cycle_col_list cycle_mark_column cycle_mark_value cycle_mark_default cycle_path_column location');
const unknown = derivedColumns([], false);

/**
 * Common table expressions. Without RECURSIVE each sees those before it, and not itself: `WITH t AS (SELECT * FROM t)` reads the stored t.
 * With RECURSIVE all of them are in sight of all.
 */
export function withClause(analysis: Analysis, node: AstNode, parent: Scope | null, outer: CteFrame | null): CteFrame | null {
  analysis.onlyFields(node, 'WithClause', withFields);
  const recursive = node.recursive === true;
  const location = analysis.locate(node);
  if (recursive && !analysis.limits.recursion) analysis.refuse('recursion', 'WITH RECURSIVE is not allowed.', 'Write the statement without recursion.', location);
  const items = asList(node.ctes).map((item) => {
    const body = bodyOf(item, 'CommonTableExpr');
    if (body === null) analysis.unsupported(nodeType(item));
    return body;
  });
  let frames = outer;
  const ahead = new Map<AstNode, CteFrame>();
  if (recursive) {
    for (const item of items) {
      if (item === null) continue;
      frames = { name: asText(item.ctename), columns: renamedColumns(unknown, nameParts(item.aliascolnames)), parent: frames };
      ahead.set(item, frames);
    }
  }
  for (const item of items) {
    if (item === null) continue;
    const columns = commonTableExpression(analysis, item, parent, frames);
    const declared = ahead.get(item);
    if (declared === undefined) frames = { name: asText(item.ctename), columns, parent: frames };
    else declared.columns = columns;
  }
  return frames;
}

function commonTableExpression(analysis: Analysis, node: AstNode, parent: Scope | null, frames: CteFrame | null): CteFrame['columns'] {
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
  const columns = renamedColumns(selectStatement(analysis, query, { parent, ctes: frames }), nameParts(node.aliascolnames));
  const added = [...searchColumns(analysis, optionalNode(node.search_clause)), ...cycleColumns(analysis, optionalNode(node.cycle_clause))];
  return added.length === 0 || columns.names === null ? columns : derivedColumns([...columns.names, ...added], true);
}

function searchColumns(analysis: Analysis, node: AstNode | null): string[] {
  if (node === null) return [];
  analysis.onlyFields(node, 'CTESearchClause', searchFields);
  return [asText(node.search_seq_column)];
}

function cycleColumns(analysis: Analysis, node: AstNode | null): string[] {
  if (node === null) return [];
  analysis.onlyFields(node, 'CTECycleClause', cycleFields);
  for (const value of [optionalNode(node.cycle_mark_value), optionalNode(node.cycle_mark_default)]) {
    if (value !== null) expression(analysis, { scope: emptyScope, ctes: null }, value);
  }
  return [asText(node.cycle_mark_column), asText(node.cycle_path_column)];
}
