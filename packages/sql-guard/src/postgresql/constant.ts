import { asInteger, asNode, asText, bodyOf, nameParts, type AstNode } from '../grammar/ast.js';

/** The integer that a literal, perhaps signed or cast, stands for; `null` for anything else. Larger than 2^53 counts as infinite. */
export function constantInteger(wrapper: AstNode): number | null {
  const cast = bodyOf(wrapper, 'TypeCast');
  if (cast !== null) return constantInteger(asNode(cast.arg));
  const operator = bodyOf(wrapper, 'A_Expr');
  if (operator !== null) {
    if (operator.lexpr !== undefined) return null;
    const value = constantInteger(asNode(operator.rexpr));
    const sign = nameParts(operator.name).at(-1);
    return value === null || (sign !== '-' && sign !== '+') ? null : sign === '-' ? -value : value;
  }
  const constant = bodyOf(wrapper, 'A_Const');
  if (constant === null) return null;
  if (constant.ival !== undefined) return asInteger(asNode(constant.ival).ival);
  const text = constant.fval !== undefined ? asText(asNode(constant.fval).fval) : constant.sval !== undefined ? asText(asNode(constant.sval).sval) : '';
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) return null;
  return Number.isSafeInteger(Math.trunc(value)) ? value : value > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** The text of a string literal, perhaps cast; `null` for anything else. */
export function constantText(wrapper: AstNode): string | null {
  const cast = bodyOf(wrapper, 'TypeCast');
  if (cast !== null) return constantText(asNode(cast.arg));
  const constant = bodyOf(wrapper, 'A_Const');
  return constant === null || constant.sval === undefined ? null : asText(asNode(constant.sval).sval);
}
