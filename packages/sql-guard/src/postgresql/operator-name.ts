import { nameParts, type AstValue } from '../grammar/ast.js';
import { fields, type Analysis } from './analysis.js';

/** Built-in operators that PostgreSQL may try on any value: conditions that take every value of their types, in a time that depends on its length alone, and those that are no conditions, which it tries on none. */
const neverFails = fields('= <> < <= > >= + - * / % ^ || -> ->> #> #>> @> <@ && ? ?| ?&');

/** An operator as written, perhaps `OPERATOR(schema.+)`. `harmless` tells of one that may fail that it does not here. */
export function operatorName(analysis: Analysis, list: AstValue, harmless = false): void {
  const parts = nameParts(list);
  const name = parts.at(-1) ?? '';
  const schema = parts.length > 1 ? parts.slice(0, -1).join('.') : null;
  analysis.operators.add(schema === null ? name : `${schema}.${name}`);
  if (!harmless && !neverFails.has(name)) analysis.triesStatistics = true;
  if (!analysis.policy.operator(schema, name)) {
    const written = schema === null ? name : `OPERATOR(${schema}.${name})`;
    analysis.refuse('operator', `The operator ${written} is not on the list of operators that only compute.`, 'Use a built-in operator, without a schema.', analysis.place);
  }
}
