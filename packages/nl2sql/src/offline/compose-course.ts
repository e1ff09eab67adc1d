import { isAdditiveFigure } from './compose-share.js';
import { NotUnderstood } from './not-understood.js';
import { quotedName } from './quoted-name.js';
import type { Course, Request } from './request.js';
import type { Statement } from './statement.js';
import { figureName } from './derived-figure.js';
import { describeMeasure } from './statement.js';
import type { Subject } from './subject.js';

/**
 * What becomes of a figure from one time to the next, or how it adds up, over the statement that gives it for each time.
 * A change is given only where the time before is there: after a month without rows there is none.
 */
export function composeCourse(grouped: Statement, request: Request, subject: Subject, course: Course): Statement {
  const [group] = request.groups;
  const [measure, ...more] = subject.measures;
  if (group?.kind !== 'time' || group.unit === 'weekday' || more.length > 0 || subject.projections.length > 0 || request.heads.some(({ superlative }) => superlative !== null) || request.order !== null) throw new NotUnderstood('I cannot tell which figure is to be followed through time.');
  if (course === 'running' && measure !== undefined && !isAdditiveFigure(measure)) throw new NotUnderstood(`There is no running total of ${describeMeasure(measure)}: its parts do not add up.`);
  const figure = quotedName(measure === undefined ? `${subject.base.words.join('_')}_count` : figureName(measure));
  const { unit } = group;
  const inner = `FROM (\n  ${grouped.sql.replaceAll('\n', '\n  ')}\n) AS by_${unit}\nWHERE ${unit} IS NOT NULL`;
  if (course === 'running') {
    const sql = `SELECT ${unit}, ${figure}, sum(${figure}) OVER (ORDER BY ${unit}) AS running_total\n${inner}\nORDER BY ${unit}`;
    return { ...grouped, sql, explanation: `${withoutStop(grouped.explanation)}, and how it adds up.` };
  }
  const previous = unit === 'year' ? `${unit} - 1` : `CAST(${unit} - interval '${unit === 'quarter' ? '3 months' : `1 ${unit}`}' AS date)`;
  const before = `CASE WHEN lag(${unit}) OVER (ORDER BY ${unit}) = ${previous} THEN lag(${figure}) OVER (ORDER BY ${unit}) END`;
  const sql = `SELECT ${unit}, ${figure}, ${figure} - before AS change, 100.0 * (${figure} - before) / nullif(before, 0) AS change_percentage\nFROM (\n  SELECT ${unit}, ${figure}, ${before} AS before\n  ${inner.replaceAll('\n', '\n  ')}\n) AS with_before\nORDER BY ${unit}`;
  return { ...grouped, sql, explanation: `${withoutStop(grouped.explanation)}, and the change from the ${unit} before.` };
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
