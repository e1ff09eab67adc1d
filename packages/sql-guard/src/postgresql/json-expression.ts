import { asBody, asList, asNode, asText, optionalNode, UnexpectedTree, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { expression, expressions, optionalExpression, type ExpressionHandler } from './expression.js';
import { selectStatement } from './select-statement.js';
import { checkTypeName } from './type-name.js';
import { windowDefinition } from './window-clause.js';

const valueFields = fields('raw_expr formatted_expr format');
const formatFields = fields('format_type encoding location');
const outputFields = fields('typeName returning');
const returningFields = fields('format typid typmod');
const behaviorFields = fields('btype expr coerce location');

function formatClause(analysis: Analysis, value: AstValue): void {
  const format = optionalNode(value);
  if (format !== null) analysis.onlyFields(format, 'JsonFormat', formatFields);
}

/** A JSON value with its FORMAT; the grammar prints it without a wrapper or inside one. */
export function jsonValue(analysis: Analysis, place: Place, value: AstValue): void {
  const given = asNode(value);
  const node = given.JsonValueExpr === undefined ? given : asNode(given.JsonValueExpr);
  analysis.onlyFields(node, 'JsonValueExpr', valueFields);
  optionalExpression(analysis, place, node.raw_expr);
  optionalExpression(analysis, place, node.formatted_expr);
  formatClause(analysis, node.format);
}

export function jsonOutput(analysis: Analysis, value: AstValue): void {
  const node = optionalNode(value);
  if (node === null) return;
  analysis.onlyFields(node, 'JsonOutput', outputFields);
  checkTypeName(analysis, asNode(node.typeName));
  const returning = asNode(node.returning);
  analysis.onlyFields(returning, 'JsonReturning', returningFields);
  formatClause(analysis, returning.format);
}

/** ON EMPTY and ON ERROR. */
export function jsonBehavior(analysis: Analysis, place: Place, value: AstValue): void {
  const node = optionalNode(value);
  if (node === null) return;
  analysis.onlyFields(node, 'JsonBehavior', behaviorFields);
  optionalExpression(analysis, place, node.expr);
}

const argumentFields = fields('val name');

/** PASSING value AS name. */
export function jsonArguments(analysis: Analysis, place: Place, list: AstValue): void {
  for (const item of asList(list)) {
    const argument = asBody(item, 'JsonArgument');
    analysis.onlyFields(argument, 'JsonArgument', argumentFields);
    jsonValue(analysis, place, argument.val);
  }
}

const keyValueFields = fields('key value');
function keyValue(analysis: Analysis, place: Place, wrapper: AstNode): void {
  const node = wrapper.JsonKeyValue === undefined ? wrapper : asNode(wrapper.JsonKeyValue);
  analysis.onlyFields(node, 'JsonKeyValue', keyValueFields);
  optionalExpression(analysis, place, node.key);
  jsonValue(analysis, place, node.value);
}

const functionFields = fields('op column_name context_item pathspec passing output on_empty on_error wrapper quotes location');
const functionOperations = fields('JSON_EXISTS_OP JSON_QUERY_OP JSON_VALUE_OP');
function jsonFunction(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'JsonFuncExpr', functionFields);
  if (!functionOperations.has(asText(node.op))) analysis.unsupported(`JsonFuncExpr ${asText(node.op)}`);
  jsonValue(analysis, place, node.context_item);
  optionalExpression(analysis, place, node.pathspec);
  jsonArguments(analysis, place, node.passing);
  jsonOutput(analysis, node.output);
  jsonBehavior(analysis, place, node.on_empty);
  jsonBehavior(analysis, place, node.on_error);
}

const objectFields = fields('exprs output absent_on_null unique location');
function objectConstructor(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'JsonObjectConstructor', objectFields);
  for (const item of asList(node.exprs)) keyValue(analysis, place, item);
  jsonOutput(analysis, node.output);
}

const arrayFields = fields('exprs output absent_on_null location');
function arrayConstructor(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'JsonArrayConstructor', arrayFields);
  for (const item of asList(node.exprs)) jsonValue(analysis, place, item);
  jsonOutput(analysis, node.output);
}

const arrayQueryFields = fields('query output format absent_on_null location');
function arrayQueryConstructor(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'JsonArrayQueryConstructor', arrayQueryFields);
  selectStatement(analysis, asNode(node.query), { parent: place.scope, ctes: place.ctes });
  jsonOutput(analysis, node.output);
  formatClause(analysis, node.format);
}

const aggregateFields = fields('output agg_filter agg_order over location');
function aggregateConstructor(analysis: Analysis, place: Place, aggregate: AstNode): void {
  // Every object inherits a `constructor`, so the field counts only if it is the node's own.
  if (!Object.hasOwn(aggregate, 'constructor')) throw new UnexpectedTree('A JSON aggregate has no constructor.');
  const node = (aggregate as { readonly constructor: unknown }).constructor as AstNode;
  analysis.onlyFields(node, 'JsonAggConstructor', aggregateFields);
  jsonOutput(analysis, node.output);
  optionalExpression(analysis, place, node.agg_filter);
  expressions(analysis, place, node.agg_order);
  const over = optionalNode(node.over);
  if (over !== null) windowDefinition(analysis, place, over);
}

const objectAggregateFields = fields('constructor arg absent_on_null unique');
function objectAggregate(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'JsonObjectAgg', objectAggregateFields);
  aggregateConstructor(analysis, place, node);
  keyValue(analysis, place, asNode(node.arg));
}

const arrayAggregateFields = fields('constructor arg absent_on_null');
function arrayAggregate(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'JsonArrayAgg', arrayAggregateFields);
  aggregateConstructor(analysis, place, node);
  jsonValue(analysis, place, node.arg);
}

const predicateFields = fields('expr format item_type unique_keys location');
function isJson(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'JsonIsPredicate', predicateFields);
  expression(analysis, place, asNode(node.expr));
  formatClause(analysis, node.format);
}

const parseFields = fields('expr output unique_keys location');
function jsonParse(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'JsonParseExpr', parseFields);
  jsonValue(analysis, place, node.expr);
  jsonOutput(analysis, node.output);
}

const scalarFields = fields('expr output location');
function jsonScalar(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'JsonScalarExpr', scalarFields);
  optionalExpression(analysis, place, node.expr);
  jsonOutput(analysis, node.output);
}

function jsonSerialize(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'JsonSerializeExpr', scalarFields);
  jsonValue(analysis, place, node.expr);
  jsonOutput(analysis, node.output);
}

/** The SQL/JSON node types of PostgreSQL 16 to 18. A function, because the modules of expressions import each other. */
export function jsonExpressions(): readonly (readonly [string, ExpressionHandler])[] {
  return [
    ['JsonValueExpr', jsonValue],
    ['JsonFuncExpr', jsonFunction],
    ['JsonObjectConstructor', objectConstructor],
    ['JsonArrayConstructor', arrayConstructor],
    ['JsonArrayQueryConstructor', arrayQueryConstructor],
    ['JsonObjectAgg', objectAggregate],
    ['JsonArrayAgg', arrayAggregate],
    ['JsonIsPredicate', isJson],
    ['JsonParseExpr', jsonParse],
    ['JsonScalarExpr', jsonScalar],
    ['JsonSerializeExpr', jsonSerialize],
  ];
}
