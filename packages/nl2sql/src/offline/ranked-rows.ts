import type { Plan } from './planner.js';
import { quotedName } from './quoted-name.js';
import type { Superlative } from './request.js';
import type { Output } from './statement.js';

/** What {@link rankedRows} ranks by and in which rows. */
export interface RankedRows {
  /** Expressions of the SELECT list; names are made distinct. */
  readonly outputs: readonly Output[];
  readonly order: string;
  /** Expressions that each group of rows to rank shares; empty ranks all rows together. */
  readonly partition: readonly string[];
  /** How many of the outputs show the groups. */
  readonly keys: number;
  /** GROUP BY and HAVING of the ranked rows. */
  readonly tail: string;
  readonly distinct: boolean;
}

/**
 * The rows that hold certain places in a ranking. Rows that share a place are all shown: the first three may be four,
 * and the second highest salary is the second of the salaries, whoever earns the first.
 */
export function rankedRows(plan: Plan, { outputs: wanted, order, partition, keys, tail, distinct }: RankedRows, superlative: Superlative): string {
  const outputs = distinctlyNamed(wanted);
  const place = plan.names.alias('place');
  const { within } = superlative;
  const over = partition.length === 0 ? '' : `PARTITION BY ${partition.join(', ')}`;
  const total = within?.kind === 'percent' ? plan.names.alias('total') : null;
  const windows = [
    `${within?.kind === 'place' ? 'dense_rank' : 'rank'}() OVER (${over}${over === '' ? '' : ' '}ORDER BY ${order}) AS ${place}`,
    ...(total === null ? [] : [`count(*) OVER (${over}) AS ${total}`]),
  ];
  const inner = [`SELECT ${outputs.map(({ sql, name }) => `${sql} AS ${quotedName(name)}`).join(', ')},`, `  ${windows.join(', ')}`, plan.fromClause(), plan.whereClause(), tail].filter((part) => part !== '').join('\n');
  const columns = outputs.map(({ name }) => quotedName(name));
  const kept = within?.kind === 'place' ? `${place} = ${within.place}` : within?.kind === 'percent' ? `${place} <= ceil(${total} * ${within.percent} / 100.0)` : `${place} <= ${superlative.count}`;
  const sorting = [...columns.slice(0, keys), ...(distinct ? [] : [place]), ...(keys === 0 ? columns : [])];
  return `SELECT ${distinct ? 'DISTINCT ' : ''}${columns.join(', ')}\nFROM (\n  ${inner.replaceAll('\n', '\n  ')}\n) AS ranked\nWHERE ${kept}\nORDER BY ${sorting.join(', ')}`;
}

/** Which of the ranked rows a superlative wants, in words: "The second", "The first 10 percent". */
export function placeInWords({ within, count }: Superlative): string {
  if (within?.kind === 'place') return `Number ${within.place}`;
  if (within?.kind === 'percent') return `The first ${within.percent} percent`;
  return count === 1 ? 'The one' : `The ${count}`;
}

function distinctlyNamed(outputs: readonly Output[]): readonly Output[] {
  const kept: Output[] = [];
  for (const output of outputs) {
    if (kept.some(({ sql }) => sql === output.sql)) continue;
    let { name } = output;
    for (let number = 2; kept.some((other) => other.name === name); number += 1) name = `${output.name}_${number}`;
    kept.push({ sql: output.sql, name });
  }
  return kept;
}
