import { splitStatements } from '../extraction/split-statements.js';

/**
 * Writes defog's notation out: `;` separates statements that are each right, `{a, b}` means any of these columns or several,
 * `{}` repeats the choice (in GROUP BY). The statement with all columns comes first in each group.
 *
 * @example
 * goldAlternatives('SELECT {name, id}, count(*) FROM t GROUP BY {}')
 * // [ 'SELECT name, id, count(*) FROM t GROUP BY name, id', 'SELECT name, count(*) ..name', 'SELECT id, count(*) ..id' ]
 */
export function goldAlternatives(sql: string): readonly string[] {
  return [...new Set(splitStatements(sql).flatMap(expandColumns))];
}

function expandColumns(statement: string): readonly string[] {
  const group = /\{([^{}]+)\}/.exec(statement);
  if (group === null) return [statement];
  const columns = splitColumns(group[1] ?? '');
  return choices(columns).map((chosen) =>
    statement.replace(/\{([^{}]*)\}/g, (_brace, inner: string, offset: number) => {
      if (offset === group.index) return chosen.join(', ');
      if (inner.trim() === '') return chosen.map(withoutAlias).join(', ');
      // Another group of the same width makes the same choice; one of another width is shown whole.
      const own = splitColumns(inner);
      return own.length === columns.length ? chosen.map((column) => own[columns.indexOf(column)] ?? column).join(', ') : own.join(', ');
    }),
  );
}

/** Every way to choose at least one column, all of them first, then by falling number. */
function choices(columns: readonly string[]): readonly (readonly string[])[] {
  const all: (readonly string[])[] = [];
  for (let mask = 1; mask < 2 ** Math.min(columns.length, 6); mask += 1) all.push(columns.filter((_column, index) => (mask & (1 << index)) !== 0));
  return all.sort((a, b) => b.length - a.length);
}

function splitColumns(list: string): readonly string[] {
  const columns: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index <= list.length; index += 1) {
    const character = list[index];
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === undefined || (character === ',' && depth === 0)) {
      columns.push(list.slice(start, index).trim());
      start = index + 1;
    }
  }
  return columns.filter((column) => column !== '');
}

function withoutAlias(column: string): string {
  return column.replace(/\s+as\s+\w+$/i, '');
}
