import type { ParameterValue } from '../pipeline/parameter-value.js';
import { aggregateName } from './derived-figure.js';
import { columnInWords, plural } from './names-in-words.js';
import type { Plan } from './planner.js';
import { quotedName } from './quoted-name.js';
import type { Node } from './schema-graph.js';
import type { Measure } from './subject.js';

/** One SELECT for one reading of a request. */
export interface Statement {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly explanation: string;
  readonly relations: readonly Node[];
  /** What the joins cost; the reading's own cost comes on top. */
  readonly cost: number;
}

/** An expression of the SELECT list and what it is called. */
export interface Output {
  readonly sql: string;
  readonly name: string;
  /** What it is sorted by when that is something else: weekdays by their number. */
  readonly order?: string;
  /** It in words, where they say more than the name. */
  readonly said?: string;
}

/** Writes the statement out of the plan and what stands around it. */
export function finishStatement(plan: Plan, outputs: readonly Output[], tail: string, order: string, limit: number | null, what: string, distinct = false): Statement {
  const select = outputs.map(({ sql, name }) => (sql.endsWith(`.${quotedName(name)}`) ? sql : `${sql} AS ${quotedName(name)}`));
  const sql = [`SELECT ${distinct ? 'DISTINCT ' : ''}${select.join(', ')}`, plan.fromClause(), plan.whereClause(), tail, order, limit === null ? '' : `LIMIT ${limit}`].filter((part) => part !== '').join('\n');
  const where = plan.described.length === 0 ? '' : `, where ${plan.described.join(' and ')}`;
  return { sql, parameters: plan.names.parameters, explanation: `${what}${where}.${deletedToo(plan)}`, relations: [plan.base], cost: plan.cost };
}

/** Rows that are only marked as deleted are rows all the same: whoever reads the answer should know that they are in it. */
function deletedToo(plan: Plan): string {
  const mark = [...plan.base.columns.values()].find(({ kind, column }) => /^(is_?)?(deleted|removed)(_?(at|on|date|flag))?$/i.test(column.name) && (kind === 'boolean' || ((kind === 'date' || kind === 'timestamp') && column.nullable)));
  if (mark === undefined || plan.whereClause().includes(`.${quotedName(mark.column.name)}`)) return '';
  return ` Those marked as deleted are among them.`;
}

export function describeMeasure(measure: Measure): string {
  if (measure.kind === 'metric') return measure.metric.name.replaceAll('_', ' ');
  if (measure.kind === 'count') return `number of ${measure.column === null ? plural(measure.node) : `distinct ${columnInWords(measure.column)}`}`;
  return `${aggregateName(measure)} ${columnInWords(measure.column).replace(/^(total|average) /, '')}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
