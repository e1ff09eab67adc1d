import { sqlSegments } from './sql-segments.js';

/** The statements of a text, cut at semicolons outside quotes and comments; blank and comment-only ones are left out. */
export function splitStatements(text: string): readonly string[] {
  const cuts: number[] = [];
  for (const { kind, start, end } of sqlSegments(text)) {
    if (kind !== 'code') continue;
    for (let index = text.indexOf(';', start); index !== -1 && index < end; index = text.indexOf(';', index + 1)) cuts.push(index);
  }
  const bounds = [-1, ...cuts, text.length];
  return bounds
    .slice(1)
    .map((end, index) => text.slice((bounds[index] ?? -1) + 1, end).trim())
    .filter((statement) => sqlSegments(statement).some(({ kind, start, end }) => kind !== 'comment' && statement.slice(start, end).trim() !== ''));
}
