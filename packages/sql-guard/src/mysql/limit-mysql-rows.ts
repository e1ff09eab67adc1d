import type { AstNode, AstValue } from '../grammar/ast.js';
import { equalMysqlTrees } from './equal-mysql-trees.js';
import type { MysqlToken } from './screen-mysql.js';

/** A statement's text, what it parses to, and its tokens. */
export interface ParsedMysql {
  readonly sql: string;
  readonly tree: AstNode;
  readonly tokens: readonly MysqlToken[];
}

/** Caps the rows of a statement at one more than `cap`; `null` when the result can't be shown to mean the same plus the cap. */
export function limitMysqlRows({ sql, tree, tokens }: ParsedMysql, cap: number, reparse: (text: string) => AstNode | null): { readonly sql: string; readonly rowLimit: number } | null {
  const query = tree.Query as AstNode;
  const clause = query.limit_clause;
  const last = tokens.findLast((token) => sql[token.start] !== ';');
  if (last === undefined || !Number.isSafeInteger(cap) || cap < 1) return null;
  const own = plainLimit(clause);
  if (own !== null && own <= cap) return { sql, rowLimit: own };
  let limited: string;
  if (clause === undefined || clause === null) limited = `${sql.slice(0, last.end)} LIMIT ${String(cap + 1)}${sql.slice(last.end)}`;
  else {
    const at = limitToken(sql, tokens) + 1;
    const comma = tokens[at + 1];
    const number = tokens[comma !== undefined && sql[comma.start] === ',' ? at + 2 : at];
    if (own === null || number === undefined || sql.slice(number.start, number.end) !== String(own)) return null;
    limited = sql.slice(0, number.start) + String(cap + 1) + sql.slice(number.end);
  }
  const again = reparse(limited);
  if (again === null) return null;
  const { limit_clause: changed, ...rest } = again.Query as AstNode;
  const { limit_clause: _old, ...given } = query;
  return equalMysqlTrees(rest, given) && plainLimit(changed) === cap + 1 && sameOffset(changed, clause) ? { sql: limited, rowLimit: cap } : null;
}

/** The last LIMIT outside parentheses. */
function limitToken(sql: string, tokens: readonly MysqlToken[]): number {
  let depth = 0;
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    const token = tokens[index];
    const text = token === undefined ? '' : sql.slice(token.start, token.end);
    if (text === ')') depth += 1;
    else if (text === '(') depth -= 1;
    else if (depth === 0 && text.toUpperCase() === 'LIMIT') return index;
  }
  return -1;
}

interface Limit {
  readonly limit?: { readonly Value?: { readonly value?: { readonly Number?: readonly [string, boolean] } } };
  readonly offset?: AstNode;
}

/** `LIMIT n`, `LIMIT n OFFSET m` or `LIMIT m, n`. */
function limitOf(clause: AstValue | null): Limit | undefined {
  const { LimitOffset: plain, OffsetCommaLimit: comma } = (clause ?? {}) as { readonly LimitOffset?: Limit; readonly OffsetCommaLimit?: Limit };
  return plain ?? comma;
}

/** The number of rows a limit asks for; `null` when it is no plain number. */
function plainLimit(clause: AstValue | null): number | null {
  const digits = limitOf(clause)?.limit?.Value?.value?.Number?.[0];
  return digits !== undefined && /^\d+$/.test(digits) ? Number(digits) : null;
}

function sameOffset(one: AstValue | null, other: AstValue | null): boolean {
  const offset = (clause: AstValue | null): AstNode => ({ offset: limitOf(clause)?.offset });
  return equalMysqlTrees(offset(one), offset(other));
}
