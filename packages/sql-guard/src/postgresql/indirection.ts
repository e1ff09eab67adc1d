import { asList, asNode, asText, bodyOf, nodeType, type AstNode } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { callOutput } from './call-output.js';
import { bareColumnName, qualifiedName } from './column-reference.js';
import { derivedColumns, type Columns } from './columns.js';
import { expression, optionalExpression } from './expression.js';
import type { Scope, ScopeItem } from './scope.js';

const indirectionFields = fields('arg indirection');
const subscriptFields = fields('is_slice lidx uidx');

/** Arrays have at most six dimensions, with a slice and a field to spare. */
const MAXIMUM_STEPS = 12;

/** `expression[..]`, `(expression).field` and `(expression).*`. */
export function indirection(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'A_Indirection', indirectionFields);
  const steps = asList(node.indirection);
  if (steps.length > MAXIMUM_STEPS) {
    analysis.refuse('limit', `A value is subscripted more than ${String(MAXIMUM_STEPS)} times.`, 'Use fewer subscripts.', analysis.place);
    return;
  }
  const argument = asNode(node.arg);
  const first = bodyOf(asNode(steps[0]), 'String');
  const rest = first !== null && fieldOfRelation(analysis, place.scope, argument, asText(first.sval)) ? steps.slice(1) : steps;
  if (rest === steps) expression(analysis, place, argument);
  for (const [index, step] of rest.entries()) {
    const type = nodeType(step);
    const body = asNode(step[type]);
    if (type === 'A_Indices') {
      analysis.onlyFields(body, 'A_Indices', subscriptFields);
      optionalExpression(analysis, place, body.lidx);
      optionalExpression(analysis, place, body.uidx);
    } else if (type === 'String') fieldSelection(analysis, argument, index === 0 && rest === steps, asText(body.sval));
    else if (type !== 'A_Star') analysis.unsupported(`Indirection ${type}`);
  }
}

/** `(r).column`, where r can only be a relation: the same as `r.column`. */
function fieldOfRelation(analysis: Analysis, scope: Scope, argument: AstNode, field: string): boolean {
  const item = relationNamed(scope, argument);
  if (item !== null) qualifiedName(analysis, item, field, analysis.place);
  return item !== null;
}

/** The item of FROM that a bare name can only mean, because no column has the name. */
function relationNamed(scope: Scope, argument: AstNode): ScopeItem | null {
  const name = bareColumnName(argument);
  if (name === null) return null;
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    if (level.items.some((item) => item.exposes && item.columns.find(name) !== 'no')) return null;
  }
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    const item = level.items.find((candidate) => candidate.alias === name);
    if (item !== undefined) return item;
  }
  return null;
}

/** PostgreSQL reads `(x).f` as `f(x)` when the value has no field f, so a field must be known to exist. */
function fieldSelection(analysis: Analysis, argument: AstNode, direct: boolean, field: string): void {
  if (analysis.policy.compositeFields.has(field) || (direct && fieldsOfCall(analysis, argument)?.includes(field) === true)) return;
  analysis.refuse('attribute-notation', `(expression).${field} may be a call of the function ${field}.`, 'Name a column of a table, or list the field under compositeFields in the policy.', analysis.place);
}

/** The fields of a call's result, if it is known to be a row: with a single output it is that output's value. */
function fieldsOfCall(analysis: Analysis, call: AstNode): readonly string[] | null {
  const output = nodeType(call) === 'FuncCall' ? callOutput(analysis, call) : 'unknown';
  return typeof output === 'string' || output.length < 2 ? null : output;
}

/** The columns that `(expression).*` stands for, as far as they are known. */
export function expandedRow(analysis: Analysis, scope: Scope, node: AstNode): Columns {
  const argument = asNode(node.arg);
  if (asList(node.indirection).length > 1) return derivedColumns([], 'computed');
  const item = relationNamed(scope, argument);
  if (item !== null) return item.columns;
  const names = fieldsOfCall(analysis, argument);
  return names === null ? derivedColumns([], 'computed') : derivedColumns(names, 'no');
}
