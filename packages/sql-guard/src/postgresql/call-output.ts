import { asList, asNode, bodyOf, nameParts, unwrap, type AstNode } from '../grammar/ast.js';
import type { Analysis } from './analysis.js';
import { callArguments } from './function-call.js';

/** What a call returns: the names of its columns, one value that is no row, or what only the server knows. */
export type CallOutput = readonly string[] | 'value' | 'unknown';

/** What a call, or what may stand for one in FROM, returns. A value is never a row: `FROM COALESCE(t) AS x` brings in the columns of t. */
export function callOutput(analysis: Analysis, call: AstNode): CallOutput {
  const { type, body } = unwrap(call);
  if (type === 'SQLValueFunction') return 'value';
  if (type === 'TypeCast') return isBuiltInType(analysis, asNode(body.typeName)) ? 'value' : 'unknown';
  if (type !== 'FuncCall') return 'unknown';
  const parts = nameParts(body.funcname);
  const name = parts.at(-1) ?? '';
  const schema = parts.length > 1 ? parts.slice(0, -1).join('.') : null;
  const added = analysis.policy.extensionOutput(schema, name);
  if (added !== null) return added;
  if ((schema !== null && schema !== 'pg_catalog') || !analysis.catalog.functions.has(name)) return 'unknown';
  const output = analysis.catalog.outputColumns.get(name);
  if (output === undefined) return 'value';
  return output ?? (name === 'unnest' && hasOneArrayOfValues(analysis, body) ? 'value' : 'unknown');
}

/** Types in pg_catalog's list are no rows; a domain or a composite type of another schema may be one. */
function isBuiltInType(analysis: Analysis, type: AstNode): boolean {
  const parts = nameParts(type.names);
  return (parts.length === 1 || parts[0] === 'pg_catalog') && analysis.catalog.types.has(parts.at(-1) ?? '');
}

const arrayFunctions = new Set(['string_to_array', 'regexp_split_to_array', 'regexp_match', 'regexp_matches']);

/** Whether an argument list is one array whose elements are certainly no rows. A column may hold an array of rows. */
function hasOneArrayOfValues(analysis: Analysis, call: AstNode): boolean {
  const [array, ...others] = callArguments(call);
  if (array === undefined || others.length > 0) return false;
  const { type, body } = unwrap(array);
  switch (type) {
    case 'A_ArrayExpr': return asList(body.elements).every((element) => bodyOf(element, 'A_Const') !== null || callOutput(analysis, element) === 'value');
    case 'TypeCast': return asList(asNode(body.typeName).arrayBounds).length > 0 && isBuiltInType(analysis, asNode(body.typeName));
    case 'FuncCall': return arrayFunctions.has(nameParts(body.funcname).at(-1) ?? '') && callOutput(analysis, array) === 'value';
    default: return false;
  }
}
