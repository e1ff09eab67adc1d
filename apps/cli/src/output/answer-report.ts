import pc from 'picocolors';
import type { TraceStep } from '@ask-aurora/nl2sql';
import type { Answer } from '../answer/answer.js';
import { barsOf } from './bars.js';
import { shortenFractions } from './short-fractions.js';
import { printable, renderTable } from './table.js';

/** Rows that are printed as a table; `--format json` and `--format csv` give them all. */
const printedRows = 50;

/** An answer as people read it: statement, verdict, rows, sentence. */
export function renderAnswer(answer: Answer, options: { readonly trace: boolean }): string {
  const parts: string[] = [];
  if (answer.sql !== null) parts.push(heading('SQL', answer.database), indent(answer.sql), ...parameterLines(answer));
  if (answer.verdict !== null) parts.push('', verdictLine(answer));
  if (answer.outcome === 'answered') {
    const shown = answer.rows.slice(0, printedRows);
    const { rows, shortened } = shortenFractions(answer.columns, shown.map((row) => answer.columns.map((column) => row[column.name])));
    parts.push('', shown.length === 0 ? pc.dim(' (no rows)') : renderTable(answer.columns, rows, barsOf(answer.chart, shown)));
    if (shortened) parts.push(pc.dim(' Long fractions are rounded; --format json and csv give every digit'));
    if (shown.length < answer.rows.length) parts.push(pc.dim(` … ${answer.rows.length - shown.length} more rows; --format csv prints all`));
    if (answer.truncated) parts.push(pc.yellow(` The result is cut at ${answer.rows.length} rows; --max-rows sets the limit.`));
    parts.push('', pc.bold(lines(answer.answer ?? '')));
  } else {
    const word = { abstained: 'No answer', clarification: 'Which one', refused: 'Refused', failed: 'Failed' }[answer.outcome];
    parts.push('', `${pc.yellow(word)}: ${lines(answer.reason ?? '')}`);
    for (const violation of answer.verdict?.violations ?? []) parts.push(pc.dim(`  ${violation.rule}: ${printable(violation.hint)}`));
  }
  if (options.trace) parts.push('', renderTrace(answer.trace));
  return parts.join('\n').replace(/^\n+/, '');
}

function heading(text: string, note: string | null): string {
  return note === null ? pc.bold(text) : `${pc.bold(text)} ${pc.dim(`on ${note}`)}`;
}

function indent(text: string): string {
  return lines(text).replace(/^/gm, '  ');
}

/** Text that a model or a value had a part in, with its lines kept. */
function lines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

function parameterLines(answer: Answer): readonly string[] {
  return Object.entries(answer.parameters).map(([name, value]) => pc.dim(`  :${name} = ${printable(JSON.stringify(value))}`));
}

function verdictLine(answer: Answer): string {
  if (answer.verdict?.accepted !== true) return `${pc.bold('Guard')} ${pc.red('refused')}`;
  return `${pc.bold('Guard')} ${pc.green('accepted')}: one SELECT, reads ${printable(answer.verdict.relations.join(', ')) || 'no table'}`;
}

function renderTrace(trace: readonly TraceStep[]): string {
  const width = trace.reduce((longest, step) => Math.max(longest, step.name.length), 0);
  const lines = trace.map((step) => {
    const outcome = step.outcome === 'ok' ? '' : ` ${pc.yellow(step.outcome)}`;
    const detail = Object.entries(step.detail)
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' ');
    return `  ${step.name.padEnd(width)}  ${step.durationMs.toFixed(1).padStart(8)} ms${outcome}  ${pc.dim(printable(detail))}`.trimEnd();
  });
  return [pc.bold('Trace'), ...lines].join('\n');
}
