import { asList, asNode, bodyOf, optionalNode, type AstNode } from '../grammar/ast.js';
import type { Parser } from '../grammar/load-parser.js';
import type { GuardPolicy } from '../policy/guard-policy.js';
import { GuardError } from '../verdict/guard-error.js';

/** The types of a policy's tenant filters: the text of the policy, and what the parser makes of it. */
export type TenantTypes = ReadonlyMap<string, AstNode>;

/**
 * Reads the types once, with the server's own grammar, because `integer` and `double precision` are not names that can be quoted.
 * @throws {GuardError} `policy-invalid` when a type is anything but one type.
 */
export function tenantTypes(policy: GuardPolicy, parser: Parser): TenantTypes {
  const types = new Map<string, AstNode>();
  for (const { schema, table, type } of policy.tenantFilters) {
    if (type === undefined || types.has(type)) continue;
    const parsed = typeOf(type, parser);
    if (parsed === null) throw new GuardError('policy-invalid', `The tenant filter on ${schema}.${table} casts to ${JSON.stringify(type)}, which is not a type. Write it as in a cast: integer, uuid, "Quoted".`);
    types.set(type, parsed);
  }
  return types;
}

/** The type in `NULL::type`, when that is all there is: a text that ends the cast and goes on is no type. */
function typeOf(type: string, parser: Parser): AstNode | null {
  const parsed = parser.parse(`SELECT NULL::${type}`);
  if (!parsed.ok || /[\0\r\n]|--|\/\*/.test(type)) return null;
  const statements = asList(parsed.tree.stmts);
  const select = bodyOf(asNode(asNode(statements[0]).stmt), 'SelectStmt');
  if (statements.length !== 1 || select === null) return null;
  const onlyTargets = Object.keys(select).every((field) => field === 'targetList' || field === 'limitOption' || field === 'op');
  const targets = asList(select.targetList);
  const target = targets.length === 1 ? bodyOf(asNode(targets[0]), 'ResTarget') : null;
  const value = target === null || target.name !== undefined ? null : optionalNode(target.val);
  const cast = value === null ? null : bodyOf(value, 'TypeCast');
  const argument = cast === null ? null : bodyOf(asNode(cast.arg), 'A_Const');
  return onlyTargets && cast !== null && argument !== null ? asNode(cast.typeName) : null;
}
