import { asBody, asList, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { expressions, optionalExpression } from './expression.js';

const windowFields = fields('name refname partitionClause orderClause frameOptions startOffset endOffset location');

/** One window: `OVER (..)` or an item of WINDOW. */
export function windowDefinition(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'WindowDef', windowFields);
  expressions(analysis, place, node.partitionClause);
  expressions(analysis, place, node.orderClause);
  optionalExpression(analysis, place, node.startOffset);
  optionalExpression(analysis, place, node.endOffset);
}

export function windowClause(analysis: Analysis, place: Place, list: AstValue): void {
  for (const item of asList(list)) windowDefinition(analysis, place, asBody(item, 'WindowDef'));
}
