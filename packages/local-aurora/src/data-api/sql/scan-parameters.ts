/** SQL as PostgreSQL will see it, with the parameter names in the order of their `$n`. */
export interface ScannedStatement {
  readonly text: string;
  readonly names: readonly string[];
}

const stop = /['":/-]/g;
const name = /[A-Za-z0-9_]+/y;

/**
 * Replaces every `:name` by a placeholder of its own, as the service does: a name used twice becomes two
 * placeholders. Literals, quoted identifiers, comments and `::` are left alone; dollar quotes and array slices are not,
 * which is a known flaw of the service and so one of this server.
 */
export function scanParameters(sql: string): ScannedStatement {
  const names: string[] = [];
  let text = '';
  let copied = 0;
  stop.lastIndex = 0;
  for (let found = stop.exec(sql); found !== null; found = stop.exec(sql)) {
    const start = found.index;
    if (found[0] !== ':') {
      stop.lastIndex = endOfOpaque(sql, start);
      continue;
    }
    if (sql[start + 1] === ':') {
      stop.lastIndex = start + 2;
      continue;
    }
    name.lastIndex = start + 1;
    const matched = name.exec(sql);
    if (matched === null) continue;
    names.push(matched[0]);
    text += `${sql.slice(copied, start)}$${names.length}`;
    copied = name.lastIndex;
    stop.lastIndex = copied;
  }
  return { text: copied === 0 ? sql : text + sql.slice(copied), names };
}

/** The offset after the literal, quoted identifier or comment that starts here, or after the character itself. */
function endOfOpaque(sql: string, start: number): number {
  switch (sql[start]) {
    case "'":
      return endOfQuoted(sql, start, "'", hasEscapes(sql, start));
    case '"':
      return endOfQuoted(sql, start, '"', false);
    case '-':
      return sql[start + 1] === '-' ? endOfLine(sql, start) : start + 1;
    default:
      return sql[start + 1] === '*' ? endOfComment(sql, start) : start + 1;
  }
}

function hasEscapes(sql: string, quote: number): boolean {
  return /[eE]/.test(sql[quote - 1] ?? '') && !/[\w$]/.test(sql[quote - 2] ?? '');
}

function endOfQuoted(sql: string, start: number, quote: string, escapes: boolean): number {
  let at = start + 1;
  while (at < sql.length) {
    if (escapes && sql[at] === '\\') at += 2;
    else if (sql[at] !== quote) at += 1;
    else if (sql[at + 1] === quote) at += 2;
    else return at + 1;
  }
  return sql.length;
}

function endOfLine(sql: string, start: number): number {
  const end = sql.indexOf('\n', start);
  return end === -1 ? sql.length : end + 1;
}

function endOfComment(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at += 1) {
    if (sql.startsWith('/*', at)) {
      depth += 1;
      at += 1;
    } else if (sql.startsWith('*/', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  return sql.length;
}
