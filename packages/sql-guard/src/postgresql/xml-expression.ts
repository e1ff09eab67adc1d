import { asBody, asList, asNode, asText, type AstNode } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { expression, expressions } from './expression.js';
import { checkTypeName } from './type-name.js';

const xmlFields = fields('op name named_args arg_names args xmloption indent type typmod location');
const operations = fields('IS_XMLCONCAT IS_XMLELEMENT IS_XMLFOREST IS_XMLPARSE IS_XMLPI IS_XMLROOT IS_DOCUMENT');
const namedFields = fields('name val location');

/** XMLELEMENT, XMLFOREST, XMLPARSE and their like. */
export function xmlExpression(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'XmlExpr', xmlFields);
  if (!operations.has(asText(node.op))) analysis.unsupported(`XmlExpr ${asText(node.op)}`);
  for (const item of asList(node.named_args)) {
    const target = asBody(item, 'ResTarget');
    analysis.onlyFields(target, 'ResTarget', namedFields);
    expression(analysis, place, asNode(target.val));
  }
  expressions(analysis, place, node.args);
}

const serializeFields = fields('xmloption expr typeName indent location');

export function xmlSerialize(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'XmlSerialize', serializeFields);
  expression(analysis, place, asNode(node.expr));
  checkTypeName(analysis, asNode(node.typeName));
}
