import type { AstNode, AstValue } from '../grammar/ast.js';
import type { MysqlInspection } from './create-mysql-guard.js';

/** Caps the rows of an accepted statement at one more than `cap`; `null` when the result can't be shown to mean the same plus the cap. */
export function limitMysqlRows(sql: string, { tree, tokens }: MysqlInspection, cap: number, reparse: (text: string) => AstNode | null): { readonly sql: string; readonly rowLimit: number } | null {
  const query = tree.Query as AstNode;
  const clause = query.limit_clause;
  const last = tokens.findLast((token) => sql[token.start] !== ';');
  if (last === undefined || !Number.isSafeInteger(cap) || cap < 1) return null;
  if (clause === undefined || clause === null) {
    const limited = `${sql.slice(0, last.end)} LIMIT ${String(cap + 1)}${sql.slice(last.end)}`;
    const again = reparse(limited);
    if (again === null) return null;
    const { limit_clause: added, ...rest } = again.Query as AstNode;
    const { limit_clause: _none, ...given } = query;
    return same(rest, given) && plainLimit(added) === cap + 1 ? { sql: limited, rowLimit: cap } : null;
  }
  const own = plainLimit(clause);
  if (own === null) return null;
  if (own <= cap) return { sql, rowLimit: own };
  const at = limitToken(sql, tokens);
  const number = at < 0 ? undefined : tokens[at + 1];
  if (number === undefined || sql.slice(number.start, number.end) !== String(own)) return null;
  const limited = sql.slice(0, number.start) + String(cap + 1) + sql.slice(number.end);
  const again = reparse(limited);
  if (again === null) return null;
  const { limit_clause: changed, ...rest } = again.Query as AstNode;
  const { limit_clause: _old, ...given } = query;
  return same(rest, given) && plainLimit(changed) === cap + 1 ? { sql: limited, rowLimit: cap } : null;
}

/** The last LIMIT outside parentheses. */
function limitToken(sql: string, tokens: MysqlInspection['tokens']): number {
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

/** The number of `LIMIT n` with or without OFFSET; `null` for any other form. */
function plainLimit(clause: AstValue): number | null {
  const text = /^\{"LimitOffset":\{"limit":\{"Value":\{"value":\{"Number":\["(\d+)",(?:false|true)\]\}/.exec(JSON.stringify(clause));
  return text === null ? null : Number(text[1]);
}

const same = (one: AstNode, other: AstNode): boolean => JSON.stringify(one, withoutSpans) === JSON.stringify(other, withoutSpans);
const withoutSpans = (field: string, value: unknown): unknown => (field === 'span' ? undefined : value);
