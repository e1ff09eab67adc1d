import { asList, asNode, UnexpectedTree, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields } from '../postgresql/analysis.js';
import { folded, says, type MysqlAnalysis, type Place } from './mysql-analysis.js';
import { call, calledAs } from './mysql-call.js';
import { columnName, identifier, nameParts } from './mysql-name.js';
import { query, sortItems } from './mysql-query.js';
import { checkMysqlType } from './mysql-type.js';

type Handler = (analysis: MysqlAnalysis, place: Place, value: AstValue) => void;

/** An expression, printed as one variant and its content. Variants that are not in the table are refused. */
export function expression(analysis: MysqlAnalysis, place: Place, node: AstNode): void {
  const [[variant, inner] = [], ...others] = Object.entries(node);
  if (variant === undefined || others.length > 0) throw new UnexpectedTree('An expression has no single variant.');
  const handler = handlers.get(variant);
  if (handler === undefined) {
    analysis.unsupported(variant);
    return;
  }
  analysis.expressionDepth += 1;
  if (analysis.expressionDepth > analysis.limits.expressionDepth) analysis.refuse('limit', `Expressions are nested more than ${String(analysis.limits.expressionDepth)} deep.`, 'Write a shallower expression.');
  else handler(analysis, place, inner);
  analysis.expressionDepth -= 1;
}

export function expressions(analysis: MysqlAnalysis, place: Place, list: AstValue): void {
  for (const item of asList(list)) expression(analysis, place, item);
}

export function optionalExpression(analysis: MysqlAnalysis, place: Place, value: AstValue): void {
  if (says(value)) expression(analysis, place, asNode(value));
}

/** A struct of which the named fields are expressions, and the others plain words. */
function struct(type: string, children: string, words = ''): Handler {
  const names = children.split(' ');
  const known = fields(`${children} ${words}`);
  return (analysis, place, value) => {
    const node = asNode(value);
    analysis.onlyFields(node, type, known);
    for (const name of names) optionalExpression(analysis, place, node[name]);
  };
}

const self: Handler = (analysis, place, value) => { expression(analysis, place, asNode(value)); };

/** Words that MySQL reads as a call although nothing is called. */
const sessionWords = fields('current_user');
const bareIdentifier: Handler = (analysis, place, value) => {
  const node = asNode(value);
  const name = identifier(analysis, node);
  if (sessionWords.has(folded(name)) && !says(node.quote_style)) calledAs(analysis, null, folded(name));
  else columnName(analysis, place, [name]);
};

const literalFields = fields('value');
const literals = fields('Number SingleQuotedString Boolean Placeholder');
const literal: Handler = (analysis, _place, value) => {
  const node = asNode(value);
  analysis.onlyFields(node, 'Value', literalFields);
  if (node.value === 'Null') return;
  for (const kind of Object.keys(asNode(node.value))) if (!literals.has(kind)) analysis.unsupported(kind);
};

const operators = fields(
  'Plus Minus Multiply Divide Modulo MyIntegerDivide Eq NotEq Lt LtEq Gt GtEq Spaceship And Or Xor StringConcat BitwiseAnd BitwiseOr BitwiseXor PGBitwiseShiftLeft PGBitwiseShiftRight Arrow LongArrow Not BitwiseNot',
);
function operator(type: string, children: string, field: string, words = ''): Handler {
  const inside = struct(type, children, `${field} ${words}`);
  return (analysis, place, value) => {
    const name = asNode(value)[field];
    if (typeof name !== 'string' || !operators.has(name)) analysis.unsupported(typeof name === 'string' ? `The operator ${name}` : 'This operator');
    inside(analysis, place, value);
  };
}

const subquery = (existsOnly: boolean): Handler => (analysis, place, value) => { query(analysis, asNode(value), { parent: place.scope, ctes: place.ctes, existsOnly }); };

const existsFields = fields('subquery negated');
const exists: Handler = (analysis, place, value) => {
  analysis.onlyFields(asNode(value), 'Exists', existsFields);
  subquery(true)(analysis, place, asNode(value).subquery);
};

const inSubqueryFields = fields('expr subquery negated');
const inSubquery: Handler = (analysis, place, value) => {
  const node = asNode(value);
  analysis.onlyFields(node, 'InSubquery', inSubqueryFields);
  expression(analysis, place, asNode(node.expr));
  subquery(false)(analysis, place, node.subquery);
};

const inListFields = fields('expr list negated');
const inList: Handler = (analysis, place, value) => {
  const node = asNode(value);
  analysis.onlyFields(node, 'InList', inListFields);
  expression(analysis, place, asNode(node.expr));
  expressions(analysis, place, node.list);
};

const caseFields = fields('operand conditions else_result');
const whenFields = fields('condition result');
const caseExpression: Handler = (analysis, place, value) => {
  const node = asNode(value);
  analysis.onlyFields(node, 'Case', caseFields);
  optionalExpression(analysis, place, node.operand);
  for (const when of asList(node.conditions)) {
    analysis.onlyFields(when, 'CaseWhen', whenFields);
    expression(analysis, place, asNode(when.condition));
    expression(analysis, place, asNode(when.result));
  }
  optionalExpression(analysis, place, node.else_result);
};

const castFields = fields('kind expr data_type');
const cast: Handler = (analysis, place, value) => {
  const node = asNode(value);
  analysis.onlyFields(node, 'Cast', castFields);
  if (node.kind !== 'Cast') analysis.unsupported('This cast');
  expression(analysis, place, asNode(node.expr));
  checkMysqlType(analysis, node.data_type);
};

const convertFields = fields('expr data_type charset');
const convert: Handler = (analysis, place, value) => {
  const node = asNode(value);
  analysis.onlyFields(node, 'Convert', convertFields);
  expression(analysis, place, asNode(node.expr));
  if (says(node.data_type)) checkMysqlType(analysis, node.data_type);
  if (says(node.charset)) nameParts(analysis, node.charset);
};

const typedFields = fields('data_type value');
const typedString: Handler = (analysis, place, value) => {
  const node = asNode(value);
  analysis.onlyFields(node, 'TypedString', typedFields);
  checkMysqlType(analysis, node.data_type);
  literal(analysis, place, node.value);
};

const collateFields = fields('expr collation');
const collate: Handler = (analysis, place, value) => {
  const node = asNode(value);
  analysis.onlyFields(node, 'Collate', collateFields);
  expression(analysis, place, asNode(node.expr));
  if (nameParts(analysis, node.collation).length !== 1) analysis.unsupported('A qualified collation');
};

/** Units of time, which are printed as plain words. */
const units = fields('Microsecond Second Minute Hour Day Week Month Quarter Year NoDateTime');
function timed(type: string, children: string, field: string, words = ''): Handler {
  const inside = struct(type, children, `${field} ${words}`);
  return (analysis, place, value) => {
    const unit = asNode(value)[field];
    const word = typeof unit === 'object' ? wordOf(unit as AstNode) : unit;
    if (typeof word !== 'string' || !units.has(word.replace(/s$/, ''))) analysis.unsupported(`${type} of this unit`);
    inside(analysis, place, value);
  };
}

/** `WEEK` is printed with the day it begins on, which MySQL has no syntax for. */
const wordOf = (unit: AstNode): AstValue => ('Week' in unit && !says(unit.Week) ? 'Week' : unit.DateTimeField);

/** Syntax that stands for a call: a policy may deny the function. */
const named = (name: string, handler: Handler): Handler => (analysis, place, value) => {
  calledAs(analysis, null, name);
  handler(analysis, place, value);
};

const matchFields = fields('columns match_value opt_search_modifier');
/** Full text search reads the columns it names, and ranks by how common words are in them. */
const match: Handler = (analysis, place, value) => {
  const node = asNode(value);
  analysis.onlyFields(node, 'MatchAgainst', matchFields);
  for (const parts of asList(node.columns)) columnName(analysis, place, nameParts(analysis, parts as unknown as AstValue));
  literal(analysis, place, node.match_value);
  analysis.searchesText = true;
};

const windowFields = fields('partition_by order_by window_frame window_name');
const frameFields = fields('units start_bound end_bound');
const bounds = fields('CurrentRow Preceding Following');

/** `OVER (..)`, `OVER name` or an item of WINDOW. A window never means an output column. */
export function windowSpecification(analysis: MysqlAnalysis, { scope, ctes }: Place, value: AstNode): void {
  const place: Place = { scope, ctes };
  for (const [type, inner] of Object.entries(value)) {
    const node = asNode(inner);
    if (type === 'NamedWindow') {
      identifier(analysis, node);
      continue;
    }
    if (type !== 'WindowSpec') analysis.unsupported(type);
    analysis.onlyFields(node, 'WindowSpec', windowFields);
    if (says(node.window_name)) identifier(analysis, asNode(node.window_name));
    expressions(analysis, place, node.partition_by);
    sortItems(analysis, place, node.order_by ?? []);
    if (!says(node.window_frame)) continue;
    const frame = asNode(node.window_frame);
    analysis.onlyFields(frame, 'WindowFrame', frameFields);
    for (const bound of [frame.start_bound, frame.end_bound]) {
      if (!says(bound) || bound === 'CurrentRow') continue;
      for (const [kind, amount] of Object.entries(asNode(bound))) {
        if (!bounds.has(kind)) analysis.unsupported(kind);
        optionalExpression(analysis, place, amount);
      }
    }
  }
}

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['Identifier', bareIdentifier],
  ['CompoundIdentifier', (analysis, place, value) => { columnName(analysis, place, nameParts(analysis, value)); }],
  ['Value', literal],
  ['Nested', self],
  ['BinaryOp', operator('BinaryOp', 'left right', 'op')],
  ['UnaryOp', operator('UnaryOp', 'expr', 'op')],
  ['AnyOp', operator('AnyOp', 'left right', 'compare_op', 'is_some')],
  ['AllOp', operator('AllOp', 'left right', 'compare_op')],
  ['Function', call],
  ['Tuple', expressions],
  ['InList', inList],
  ['InSubquery', inSubquery],
  ['Subquery', subquery(false)],
  ['Exists', exists],
  ['Between', struct('Between', 'expr low high', 'negated')],
  ['Like', (analysis, place, value) => {
    struct('Like', 'expr pattern', 'negated escape_char')(analysis, place, value);
    const escape = asNode(value).escape_char;
    if (says(escape)) literal(analysis, place, escape);
  }],
  ['RLike', struct('RLike', 'expr pattern', 'negated regexp')],
  ...['IsNull', 'IsNotNull', 'IsTrue', 'IsNotTrue', 'IsFalse', 'IsNotFalse', 'IsUnknown', 'IsNotUnknown'].map((variant): [string, Handler] => [variant, self]),
  ['Case', caseExpression],
  ['Cast', cast],
  ['Convert', convert],
  ['TypedString', typedString],
  ['Collate', collate],
  ['Interval', timed('Interval', 'value', 'leading_field')],
  ['Extract', timed('Extract', 'expr', 'field', 'syntax')],
  ['Ceil', named('ceil', timed('Ceil', 'expr', 'field'))],
  ['Floor', named('floor', timed('Floor', 'expr', 'field'))],
  ['Substring', named('substring', struct('Substring', 'expr substring_from substring_for', 'special shorthand'))],
  ['Trim', named('trim', struct('Trim', 'expr trim_what', 'trim_where'))],
  ['MatchAgainst', match],
  ['Position', named('position', struct('Position', 'expr in'))],
]);
