import { nameParts, type AstValue } from '../grammar/ast.js';
import type { Analysis } from './analysis.js';

/** An operator as written, perhaps `OPERATOR(schema.+)`. */
export function operatorName(analysis: Analysis, list: AstValue): void {
  const parts = nameParts(list);
  const name = parts.at(-1) ?? '';
  const schema = parts.length > 1 ? parts.slice(0, -1).join('.') : null;
  analysis.operators.add(schema === null ? name : `${schema}.${name}`);
  if (!analysis.policy.operator(schema, name)) {
    const written = schema === null ? name : `OPERATOR(${schema}.${name})`;
    analysis.refuse('operator', `The operator ${written} is not on the list of operators that only compute.`, 'Use a built-in operator, without a schema.', analysis.place);
  }
}
