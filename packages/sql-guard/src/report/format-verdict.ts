import type { Verdict } from '../verdict/verdict.js';
import type { Violation } from '../verdict/violation.js';

export interface FormatOptions {
  /** Columns of the terminal; longer lines are cut around the offending part. @default 100 */
  readonly width?: number;
  /** ANSI colours. @default false */
  readonly color?: boolean;
}

/** A verdict for people: each violation under the line it is about, with the offending part underlined. */
export function formatVerdict(sql: string, verdict: Verdict, options: FormatOptions = {}): string {
  if (verdict.ok) {
    const relations = verdict.statement.relations.map(({ schema, name }) => `${schema}.${name}`);
    return `accepted: reads ${relations.length === 0 ? 'no relation' : relations.join(', ')}`;
  }
  return verdict.violations.map((violation) => formatViolation(sql, violation, options)).join('\n\n');
}

export function formatViolation(sql: string, { rule, message, hint, start, end }: Violation, { width = 100, color = false }: FormatOptions = {}): string {
  const paint = (code: string, text: string): string => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lineStart = sql.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
  const newline = sql.indexOf('\n', start);
  const line = sql.slice(lineStart, newline < 0 ? sql.length : newline);
  const number = sql.slice(0, lineStart).split('\n').length;
  const column = start - lineStart;
  const from = column > width / 2 ? column - Math.floor(width / 2) : 0;
  const shown = visible(line.slice(from, from + width));
  const length = Math.max(1, Math.min(end - start, line.length - column, width - (column - from)));
  const gutter = `${String(number)} | `;
  const indent = ' '.repeat(gutter.length + displayWidth(visible(line.slice(from, column))));
  const underline = '^'.repeat(Math.max(1, displayWidth(visible(line.slice(column, column + length)))));
  return [`refused (${rule}): ${message}`, `${gutter}${shown}`, `${indent}${paint('31', underline)}`, `hint: ${hint}`].join('\n');
}

/** Control characters become spaces, so that a statement can't move the cursor of who reads the report. */
const visible = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');

/** Wide characters take two columns of a terminal. */
const displayWidth = (text: string): number => [...text].reduce((total, character) => total + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(character) ? 2 : 1), 0);
