import type { AstNode, AstValue } from '../grammar/ast.js';

/** Fields that only tell where something stands in the text. */
const places = new Set(['location', 'stmt_location', 'stmt_len', 'rexpr_list_start', 'rexpr_list_end', 'list_start', 'list_end', 'name_location']);

/** Whether two parse trees mean the same statement, wherever its parts stand. */
export function equalTrees(one: AstValue, other: AstValue): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((item, index) => equalTrees(item as AstNode, other[index] as AstNode));
  }
  const left = one as AstNode;
  const right = other as AstNode;
  for (const field of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (places.has(field)) continue;
    const given = Object.hasOwn(left, field) ? left[field] : undefined;
    const compared = Object.hasOwn(right, field) ? right[field] : undefined;
    if (!equalTrees(given, compared)) return false;
  }
  return true;
}
