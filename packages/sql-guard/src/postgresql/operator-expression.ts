import { asNode, asText, bodyOf, optionalNode, type AstNode } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { constantText } from './constant.js';
import { expression, expressions } from './expression.js';
import { operatorName } from './operator-name.js';

const operatorFields = fields('kind name lexpr rexpr location rexpr_list_start rexpr_list_end');
const kinds = fields(
  'AEXPR_OP AEXPR_OP_ANY AEXPR_OP_ALL AEXPR_DISTINCT AEXPR_NOT_DISTINCT AEXPR_NULLIF AEXPR_IN AEXPR_LIKE AEXPR_ILIKE AEXPR_SIMILAR AEXPR_BETWEEN AEXPR_NOT_BETWEEN AEXPR_BETWEEN_SYM AEXPR_NOT_BETWEEN_SYM',
);
/** The grammar puts keywords, not operators, into the name of these. */
const betweenKinds = fields('AEXPR_BETWEEN AEXPR_NOT_BETWEEN AEXPR_BETWEEN_SYM AEXPR_NOT_BETWEEN_SYM');

const patternKinds = fields('AEXPR_LIKE AEXPR_ILIKE');

/** LIKE fails, at the values that come that far, where its pattern ends in the escape character, which the text of a bytea may have as a number. */
function isWholePattern(node: AstNode): boolean {
  const pattern = constantText(asNode(node.rexpr));
  return pattern !== null && !pattern.includes('\\');
}

/** Infix and prefix operators, IN, LIKE, BETWEEN, IS DISTINCT FROM, NULLIF. */
export function operatorExpression(analysis: Analysis, place: Place, node: AstNode): void {
  analysis.onlyFields(node, 'A_Expr', operatorFields);
  const kind = asText(node.kind);
  if (!kinds.has(kind)) analysis.unsupported(`A_Expr ${kind}`);
  if (!betweenKinds.has(kind)) operatorName(analysis, node.name, patternKinds.has(kind) && isWholePattern(node));
  operand(analysis, place, optionalNode(node.lexpr));
  operand(analysis, place, optionalNode(node.rexpr));
}

function operand(analysis: Analysis, place: Place, side: AstNode | null): void {
  if (side === null) return;
  const list = bodyOf(side, 'List');
  if (list === null) expression(analysis, place, side);
  else expressions(analysis, place, list.items);
}

const sortFields = fields('node sortby_dir sortby_nulls useOp location');
const directions = fields('SORTBY_DEFAULT SORTBY_ASC SORTBY_DESC SORTBY_USING');

/** An ORDER BY item; `USING operator` calls that operator. */
export function sortBy(analysis: Analysis, place: Place, node: AstNode): void {
  sortOrder(analysis, node);
  expression(analysis, place, asNode(node.node));
}

/** Everything of an ORDER BY item but its expression. */
export function sortOrder(analysis: Analysis, node: AstNode): void {
  analysis.onlyFields(node, 'SortBy', sortFields);
  if (!directions.has(asText(node.sortby_dir))) analysis.unsupported(`SortBy ${asText(node.sortby_dir)}`);
  if (node.useOp !== undefined) operatorName(analysis, node.useOp);
}
