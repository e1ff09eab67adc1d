import { asList, asNode, asText, nameParts, optionalNode, type AstNode } from '../grammar/ast.js';
import { amplifierBounds } from './amplifier.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { expression, expressions, optionalExpression } from './expression.js';
import { windowDefinition } from './window-clause.js';

const callFields = fields('funcname args agg_order agg_filter over agg_within_group agg_star agg_distinct func_variadic funcformat location');
/** Calls that write what they are given between quotes, or each of its bytes as two. */
const quoting = fields('quote_literal quote_nullable quote_ident format encode to_json to_jsonb row_to_json array_to_json json_build_array json_build_object jsonb_build_array jsonb_build_object');
/** Calls that PostgreSQL estimates as it does the operator LIKE. */
const estimated = fields('like notlike');
const formats = fields('COERCE_EXPLICIT_CALL COERCE_SQL_SYNTAX');

/** A call, aggregate or window function; also what the grammar makes of EXTRACT, AT TIME ZONE, TRIM and their like. */
export function functionCall(analysis: Analysis, place: Place, node: AstNode): void {
  const location = analysis.locate(node);
  analysis.onlyFields(node, 'FuncCall', callFields);
  if (!formats.has(asText(node.funcformat))) analysis.unsupported(`FuncCall ${asText(node.funcformat)}`);
  const parts = nameParts(node.funcname);
  const name = parts.at(-1) ?? '';
  functionName(analysis, parts, location);
  if (estimated.has(name) || !analysis.catalog.functions.has(name)) analysis.triesStatistics = true;
  if (name === 'pg_typeof' && analysis.namedType !== node) analysis.refuse('function', 'A text that meets the result of pg_typeof() is looked up as the name of a type.', 'Cast it at once: pg_typeof(x)::text.', location);
  amplifierBounds(analysis, name, node, location);
  const before = analysis.growth;
  expressions(analysis, place, node.args);
  if (quoting.has(name)) analysis.quote(before);
  expressions(analysis, place, node.agg_order);
  optionalExpression(analysis, place, node.agg_filter);
  const over = optionalNode(node.over);
  if (over !== null) windowDefinition(analysis, place, over);
}

export function functionName(analysis: Analysis, parts: readonly string[], location: number): void {
  const name = parts.at(-1) ?? '';
  const schema = parts.length > 1 ? parts.slice(0, -1).join('.') : null;
  const written = parts.join('.');
  analysis.functions.add(written);
  if (!analysis.policy.function(schema, name)) {
    analysis.refuse('function', `The function ${written} is not on the list of functions that only compute.`, 'Use a built-in function that reads only its arguments.', location);
  }
}

const argumentFields = fields('arg name argnumber location');

/** `name => value`. */
export function namedArgument(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'NamedArgExpr', argumentFields);
  expression(analysis, place, asNode(node.arg));
}

/** The arguments of a call without their names. */
export function callArguments(node: AstNode): readonly AstNode[] {
  return asList(node.args).map((argument) => (argument.NamedArgExpr === undefined ? argument : asNode(asNode(argument.NamedArgExpr).arg)));
}
