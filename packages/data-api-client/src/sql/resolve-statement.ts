import { ParameterError } from '../errors/parameter-error.js';
import type { Parameters } from '../parameters/parameter-value.js';
import { SqlStatement } from './sql-statement.js';

/** A statement: SQL text with `:name` placeholders, or what the `sql` tag made. */
export type Statement = string | SqlStatement;

/** Gives the values of a template names of their own, beside the named parameters that its text may use. */
export function resolveStatement(statement: Statement, parameters: Parameters = {}): { readonly sql: string; readonly parameters: Parameters } {
  if (typeof statement === 'string') return { sql: statement, parameters };
  if (!SqlStatement.isInstance(statement)) throw new ParameterError('A statement must be a string or come from the sql tag.');
  if (Array.isArray(parameters)) {
    if (parameters.length > 0) throw new ParameterError('The values of a sql template stand in the template; parameters beside it must have names.');
    return resolveStatement(statement, {});
  }
  const prefix = freePrefix(statement.texts, parameters);
  const sql = statement.texts.map((text, index) => (index === 0 ? text : `:${prefix}${index}${text}`)).join('');
  const generated = Object.fromEntries(statement.values.map((value, index) => [`${prefix}${index + 1}`, value]));
  return { sql, parameters: { ...parameters, ...generated } };
}

/** A prefix that occurs in no text and no name, so that no generated name can meet a written one. */
function freePrefix(texts: readonly string[], parameters: object): string {
  let prefix = 'v';
  while (texts.some((text) => text.includes(`:${prefix}`)) || Object.keys(parameters).some((name) => name.startsWith(prefix))) prefix += '_';
  return prefix;
}
