import type { AstNode, AstValue } from '../grammar/ast.js';

/** Fields that differ between statements of one shape: places in the text, and values. */
const ignored = new Set(['location', 'stmt_location', 'stmt_len', 'rexpr_list_start', 'rexpr_list_end', 'list_start', 'list_end', 'name_location']);
const constants = new Set(['A_Const', 'ParamRef']);

/** Sixteen hexadecimal digits over the shape of a tree: two runs of FNV-1a with different seeds. */
export function fingerprint(tree: AstNode): string {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  const mix = (text: string): void => {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x01000193) ^ (high >>> 15);
    }
  };
  const visit = (value: AstValue): void => {
    if (Array.isArray(value)) {
      mix('[');
      for (const item of value as readonly AstNode[]) visit(item);
      mix(']');
    } else if (typeof value === 'object') {
      mix('{');
      for (const [field, inner] of Object.entries(value as AstNode)) {
        if (ignored.has(field)) continue;
        mix(field);
        if (!constants.has(field)) visit(inner);
      }
      mix('}');
    } else mix(String(value));
  };
  visit(tree);
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0');
}
