import { asList, asNode, UnexpectedTree, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields } from '../postgresql/analysis.js';
import { folded, says, type MysqlAnalysis, type Place } from './mysql-analysis.js';
import { expression, windowSpecification } from './mysql-expression.js';
import { nameParts } from './mysql-name.js';
import { sortItems } from './mysql-query.js';

const callFields = fields('name parameters args over');
const listFields = fields('duplicate_treatment args clauses');
const separatorFields = fields('value');

/** Functions whose first argument is a unit of time, printed as if it were a column. */
const unitFirst = fields('timestampdiff timestampadd');
const units = fields('microsecond second minute hour day week month quarter year');

/** A call, aggregate or window function. */
export function call(analysis: MysqlAnalysis, place: Place, value: AstValue): void {
  const node = asNode(value);
  analysis.onlyFields(node, 'Function', callFields);
  const parts = nameParts(analysis, node.name).map(folded);
  const name = parts.at(-1) ?? '';
  calledAs(analysis, parts.length === 1 ? null : parts.slice(0, -1).join('.'), name);
  if (node.parameters !== 'None') analysis.unsupported('A call with two lists');
  if (node.args !== 'None') {
    const { List: list, ...others } = asNode(node.args);
    if (list === undefined || Object.keys(others).length > 0) throw new UnexpectedTree('A call has no list of arguments.');
    callArguments(analysis, place, name, asNode(list));
  }
  if (says(node.over)) windowSpecification(analysis, place, asNode(node.over));
}

/** Checks the name of a call, or of syntax that stands for one. */
export function calledAs(analysis: MysqlAnalysis, schema: string | null, name: string): void {
  const written = schema === null ? name : `${schema}.${name}`;
  analysis.functions.add(written);
  if (!analysis.policy.function(schema, name)) analysis.refuse('function', `The function ${written} is not on the list of functions that only compute.`, 'Use a built-in function that reads only its arguments.');
}

function callArguments(analysis: MysqlAnalysis, place: Place, name: string, list: AstNode): void {
  analysis.onlyFields(list, 'FunctionArguments', listFields);
  const given = asList(list.args).map((argument) => {
    const { Unnamed: inner, ...others } = argument;
    if (Object.keys(others).length > 0) analysis.unsupported('An argument with a name');
    return inner;
  });
  if (name === 'lpad' || name === 'rpad') paddingLength(analysis, given[1]);
  else if (name === 'space') paddingLength(analysis, given[0]);
  else if (name === 'repeat') repetitions(analysis, given[1]);
  for (const [index, inner] of given.entries()) {
    if (inner === 'Wildcard') {
      if (name !== 'count') analysis.unsupported(`${name}(*)`);
      continue;
    }
    const { Expr: argument, ...others } = asNode(inner);
    if (argument === undefined || Object.keys(others).length > 0) analysis.unsupported('An argument that is not an expression');
    else if (index !== 0 || !unitFirst.has(name) || !isUnit(asNode(argument))) expression(analysis, place, asNode(argument));
  }
  for (const clause of asList(list.clauses)) {
    const [[kind, inner] = []] = Object.entries(clause);
    // The order of GROUP_CONCAT never means an output column.
    if (kind === 'OrderBy') sortItems(analysis, { scope: place.scope, ctes: place.ctes }, inner);
    else if (kind === 'Separator') analysis.onlyFields(asNode(inner), 'Separator', separatorFields);
    else analysis.unsupported(kind ?? 'This clause');
  }
}

function isUnit(argument: AstNode): boolean {
  const word = argument.Identifier === undefined ? undefined : asNode(argument.Identifier);
  return typeof word?.value === 'string' && !says(word.quote_style) && units.has(word.value.toLowerCase());
}

/** The number that an argument is; infinite for any other expression. */
function plainNumber(argument: AstValue): number {
  const text = /^\{"Expr":\{"Value":\{"value":\{"Number":\["(\d+)",(?:false|null)\]\}/.exec(JSON.stringify(argument) ?? '');
  return text === null ? Number.POSITIVE_INFINITY : Number(text[1]);
}

/** Repetitions multiply over the statement: one may repeat another. */
function repetitions(analysis: MysqlAnalysis, argument: AstValue): void {
  analysis.repetitions *= Math.max(1, plainNumber(argument));
  if (analysis.repetitions > analysis.limits.repeat) analysis.refuse('limit', `repeat() needs a constant count, and at most ${String(analysis.limits.repeat)} repetitions over the statement.`, 'Ask for less.');
}

function paddingLength(analysis: MysqlAnalysis, argument: AstValue): void {
  if (plainNumber(argument) > analysis.limits.padding) analysis.refuse('limit', `Padding needs one constant length of at most ${String(analysis.limits.padding)}.`, 'Ask for less.');
}
