import { sqlSegments } from './sql-segments.js';

/** Where a statement starts in prose: at the start of a line or after a colon. Writes too, so that the guard can say why not. */
const start =
  /(?:^|\n|:[ \t]*)[ \t]*(?=(?:SELECT\s|WITH\s+(?:RECURSIVE\s+)?["\w]+\s*(?:\([^)]*\)\s*)?AS\s*(?:NOT\s+MATERIALIZED\s*|MATERIALIZED\s*)?\(|INSERT\s+INTO\s|UPDATE\s+[\w."]+\s+SET\s|DELETE\s+FROM\s|MERGE\s+INTO\s|DROP\s+(?:TABLE|SCHEMA|VIEW|DATABASE|ROLE|INDEX)\s|ALTER\s+(?:TABLE|ROLE|DATABASE|SYSTEM)\s|TRUNCATE\s|CREATE\s+(?:TABLE|VIEW|ROLE|FUNCTION|INDEX|EXTENSION)\s|GRANT\s+[\w, ]+\s+(?:ON|TO)\s|COPY\s+[\w."(]))/gi;

/** A line that goes on with a statement after a blank line. */
const continues = /^\s*(?:FROM|JOIN|LEFT|RIGHT|INNER|FULL|CROSS|WHERE|AND|OR|GROUP|ORDER|HAVING|LIMIT|OFFSET|UNION|EXCEPT|INTERSECT|WINDOW|SELECT|FETCH|\)|,)(?:\b|\s|$|\()/i;

/** Two that differ are none already; what comes after a few need not be read. */
const mostStatements = 8;
/** How far behind a blank line the word that goes on may stand. */
const furthestWord = 400;

/**
 * Finds statements that stand in prose without a fence. Each ends at its semicolon, at a blank line that SQL does not go
 * on after, or at the end.
 */
export function bareStatements(text: string): readonly string[] {
  const found: string[] = [];
  start.lastIndex = 0;
  for (let match = start.exec(text); match !== null && found.length < mostStatements; match = start.exec(text)) {
    const from = match.index + match[0].length;
    const end = statementEnd(text, from);
    const statement = text.slice(from, end).trim();
    if (!isProse(statement)) found.push(statement);
    start.lastIndex = Math.max(end, from + 1);
  }
  return found;
}

/** "Select the students table and count" is an instruction: people write SQL in capitals, or from something. */
function isProse(statement: string): boolean {
  return /^[Ss]elect\s/.test(statement) && !/\bfrom\b/i.test(statement) && !/^select\s+(?:[\d'(*:-]|null\b|true\b|false\b)/i.test(statement);
}

function statementEnd(text: string, from: number): number {
  const rest = text.slice(from);
  for (const segment of sqlSegments(rest)) {
    if (segment.kind !== 'code') continue;
    // Looked for in the segment alone: a search that runs on to the end for each segment would take the square of the length.
    for (const match of rest.slice(segment.start, segment.end).matchAll(/;|\n[ \t]*\n/g)) {
      const at = segment.start + match.index;
      if (match[0] === ';') return from + at;
      if (!continues.test(rest.slice(at + match[0].length, at + match[0].length + furthestWord))) return from + at;
    }
  }
  return text.length;
}
