import { asBody, asInteger, asList, bodyOf, nameParts, type AstNode } from '../grammar/ast.js';
import { constantInteger } from './constant.js';
import { fields, type Analysis } from './analysis.js';

const typeFields = fields('names typmods typemod arrayBounds location');
/** Types whose modifier makes PostgreSQL build a value of that length. */
const paddedTypes = fields('bpchar bit varbit char');

/** The type of a cast, a RETURNING clause or a column definition. Domains and enumerations must be in the policy: they may run code or reveal a schema. */
export function checkTypeName(analysis: Analysis, node: AstNode): void {
  const location = analysis.locate(node);
  analysis.onlyFields(node, 'TypeName', typeFields);
  const parts = nameParts(node.names);
  const name = parts.at(-1) ?? '';
  const schema = parts.length > 1 ? parts.slice(0, -1).join('.') : null;
  if (!analysis.policy.type(schema, name)) {
    analysis.refuse('type', `The type ${parts.join('.')} is not on the list of types a statement may name.`, 'Cast to a built-in type such as text, numeric or date.', location);
  }
  for (const modifier of asList(node.typmods)) {
    if (bodyOf(modifier, 'ColumnRef') !== null) continue;
    const value = constantInteger(modifier);
    if (value === null && bodyOf(modifier, 'A_Const') === null) analysis.unsupported('A type modifier that is not a constant', location);
    else if (value !== null && paddedTypes.has(name) && value > analysis.limits.padding) {
      analysis.refuse('limit', `${name}(${String(value)}) asks for more than ${String(analysis.limits.padding)} characters.`, 'Use text.', location);
    }
  }
  for (const bound of asList(node.arrayBounds)) asInteger(asBody(bound, 'Integer').ival);
}
