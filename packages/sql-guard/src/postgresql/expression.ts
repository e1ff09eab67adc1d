import { asInteger, asList, asNode, asText, bodyOf, nameParts, optionalNode, unwrap, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { columnReference } from './column-reference.js';
import { caseExpression } from './case-expression.js';
import { functionCall, namedArgument } from './function-call.js';
import { indirection } from './indirection.js';
import { jsonExpressions } from './json-expression.js';
import { operatorExpression, sortBy } from './operator-expression.js';
import { checkTypeName } from './type-name.js';
import { selectStatement } from './select-statement.js';
import { operatorName } from './operator-name.js';
import { xmlExpression, xmlSerialize } from './xml-expression.js';

/** Checks one node type; what it contains is checked through `expression`. */
export type ExpressionHandler = (analysis: Analysis, place: Place, node: AstNode) => void;

/** An expression of a statement. Node types that are not in the table are refused. */
export function expression(analysis: Analysis, place: Place, wrapper: AstNode): void {
  const { type, body: node } = unwrap(wrapper);
  const handler = handlers.get(type);
  analysis.locate(node);
  if (handler === undefined) {
    analysis.unsupported(type);
    return;
  }
  analysis.expressionDepth += 1;
  if (analysis.expressionDepth > analysis.limits.expressionDepth) analysis.refuse('limit', `Expressions are nested more than ${String(analysis.limits.expressionDepth)} deep.`, 'Write a shallower expression.', analysis.locate(node));
  else handler(analysis, place, node);
  analysis.expressionDepth -= 1;
}

export function expressions(analysis: Analysis, place: Place, list: AstValue): void {
  for (const item of asList(list)) expression(analysis, place, item);
}

export function optionalExpression(analysis: Analysis, place: Place, value: AstValue): void {
  const wrapper = optionalNode(value);
  if (wrapper !== null) expression(analysis, place, wrapper);
}

const constantFields = fields('ival fval boolval sval bsval isnull location');
const constantValueFields = fields('ival fval boolval sval bsval');
function constant(analysis: Analysis, _place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'A_Const', constantFields);
  for (const field in node) {
    const value = node[field];
    if (typeof value !== 'object') continue;
    const text = asNode(value).sval;
    if (typeof text === 'string' && text.length > analysis.longestText) analysis.longestText = text.length;
    analysis.onlyFields(asNode(value), 'A_Const', constantValueFields);
  }
}

const parameterFields = fields('number location');
function parameter(analysis: Analysis, _place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'ParamRef', parameterFields);
  analysis.parameterNumbers.add(asInteger(node.number));
}

const booleanFields = fields('boolop args location');
const booleanOperators = fields('AND_EXPR OR_EXPR NOT_EXPR');
function booleanExpression(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'BoolExpr', booleanFields);
  if (!booleanOperators.has(asText(node.boolop))) analysis.unsupported(`BoolExpr ${asText(node.boolop)}`);
  expressions(analysis, place, node.args);
}

const castFields = fields('arg typeName location');
function typeCast(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'TypeCast', castFields);
  const argument = asNode(node.arg);
  const type = asNode(node.typeName);
  if (isText(type)) analysis.namedType = bodyOf(argument, 'FuncCall');
  expression(analysis, place, argument);
  // libpg_query takes a parameter for the text of a typed literal, which PostgreSQL does not: to it, `JSON_OBJECT(name :x)` names the columns name and x.
  const given = bodyOf(argument, 'ParamRef');
  if (given !== null && (asInteger(node.location) < 0 || asInteger(type.location) < asInteger(given.location))) analysis.unsupported('A typed literal whose text is a parameter', asInteger(given.location));
  checkTypeName(analysis, type);
}

const textTypes = fields('text varchar');
const isText = (type: AstNode): boolean => type.arrayBounds === undefined && textTypes.has(nameParts(type.names).at(-1) ?? '');

const collateFields = fields('arg collname location');
function collateClause(analysis: Analysis, place: Place, node: AstNode): void {
  const location = analysis.locate(node);
  analysis.onlyFields(node, 'CollateClause', collateFields);
  optionalExpression(analysis, place, node.arg);
  const [first, second, ...more] = nameParts(node.collname);
  if (first === undefined || more.length > 0 || (second !== undefined && first !== 'pg_catalog')) {
    analysis.refuse('collation', 'Collations of other schemas are not allowed.', 'Use a built-in collation such as "C".', location);
  }
}

const subLinkFields = fields('subLinkType testexpr operName subselect location');
const subLinkTypes = fields('EXISTS_SUBLINK ALL_SUBLINK ANY_SUBLINK EXPR_SUBLINK ARRAY_SUBLINK');
function subLink(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'SubLink', subLinkFields);
  const type = asText(node.subLinkType);
  if (!subLinkTypes.has(type)) analysis.unsupported(`SubLink ${type}`);
  optionalExpression(analysis, place, node.testexpr);
  if (asList(node.operName).length > 0) operatorName(analysis, node.operName);
  selectStatement(analysis, asNode(node.subselect), { parent: place.scope, ctes: place.ctes, existsOnly: type === 'EXISTS_SUBLINK' });
}

const arrayFields = fields('elements location list_start list_end');
function arrayExpression(analysis: Analysis, place: Place, node: AstNode): void {
  const before = analysis.growth;
  analysis.onlyFields(node, 'A_ArrayExpr', arrayFields);
  expressions(analysis, place, node.elements);
  analysis.quote(before);
}

const rowFields = fields('args row_format location');
function rowExpression(analysis: Analysis, place: Place, node: AstNode): void {
  const before = analysis.growth;
  analysis.onlyFields(node, 'RowExpr', rowFields);
  expressions(analysis, place, node.args);
  analysis.quote(before);
}

const coalesceFields = fields('args location');
function coalesceExpression(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'CoalesceExpr', coalesceFields);
  expressions(analysis, place, node.args);
}

const minMaxFields = fields('op args location');
function minMaxExpression(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'MinMaxExpr', minMaxFields);
  expressions(analysis, place, node.args);
}

const nullTestFields = fields('arg nulltesttype location');
function nullTest(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'NullTest', nullTestFields);
  expression(analysis, place, asNode(node.arg));
}

const booleanTestFields = fields('arg booltesttype location');
function booleanTest(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'BooleanTest', booleanTestFields);
  expression(analysis, place, asNode(node.arg));
}

const groupingFields = fields('args location');
function groupingFunction(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'GroupingFunc', groupingFields);
  expressions(analysis, place, node.args);
}

const valueFunctionFields = fields('op typmod location');
const clockFunctions = fields(
  'SVFOP_CURRENT_DATE SVFOP_CURRENT_TIME SVFOP_CURRENT_TIME_N SVFOP_CURRENT_TIMESTAMP SVFOP_CURRENT_TIMESTAMP_N SVFOP_LOCALTIME SVFOP_LOCALTIME_N SVFOP_LOCALTIMESTAMP SVFOP_LOCALTIMESTAMP_N',
);
function valueFunction(analysis: Analysis, _place: Place, node: AstNode): void {
  const location = analysis.locate(node);
  analysis.onlyFields(node, 'SQLValueFunction', valueFunctionFields);
  const operation = asText(node.op);
  if (clockFunctions.has(operation)) return;
  const name = operation.replace('SVFOP_', '').toLowerCase();
  analysis.functions.add(name);
  if (!analysis.policy.function(null, name)) analysis.refuse('function', `${name} reveals the session.`, 'Leave it out.', location);
}

const handlers: ReadonlyMap<string, ExpressionHandler> = new Map<string, ExpressionHandler>([
  ['A_Const', constant],
  ['ColumnRef', (analysis, place, node) => void columnReference(analysis, place.scope, node)],
  ['ParamRef', parameter],
  ['A_Expr', operatorExpression],
  ['BoolExpr', booleanExpression],
  ['FuncCall', functionCall],
  ['NamedArgExpr', namedArgument],
  ['TypeCast', typeCast],
  ['CollateClause', collateClause],
  ['SubLink', subLink],
  ['CaseExpr', caseExpression],
  ['CoalesceExpr', coalesceExpression],
  ['MinMaxExpr', minMaxExpression],
  ['NullTest', nullTest],
  ['BooleanTest', booleanTest],
  ['A_ArrayExpr', arrayExpression],
  ['A_Indirection', indirection],
  ['RowExpr', rowExpression],
  ['GroupingFunc', groupingFunction],
  ['SQLValueFunction', valueFunction],
  ['XmlExpr', xmlExpression],
  ['XmlSerialize', xmlSerialize],
  ['SortBy', sortBy],
  ...jsonExpressions(),
]);
