import { asBody, asList, asNode, type AstNode } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { expression, optionalExpression } from './expression.js';

const caseFields = fields('arg args defresult location');
const whenFields = fields('expr result location');

/** `CASE [arg] WHEN .. THEN .. ELSE .. END`. */
export function caseExpression(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'CaseExpr', caseFields);
  optionalExpression(analysis, place, node.arg);
  for (const item of asList(node.args)) {
    const when = asBody(item, 'CaseWhen');
    analysis.onlyFields(when, 'CaseWhen', whenFields);
    expression(analysis, place, asNode(when.expr));
    expression(analysis, place, asNode(when.result));
  }
  optionalExpression(analysis, place, node.defresult);
}
