import type { Answer } from '../answer/answer.js';
import { renderAnswer } from './answer-report.js';
import { renderCsv } from './csv.js';
import type { Terminal } from './terminal.js';

export interface PrintOptions {
  readonly format: 'text' | 'json' | 'csv';
  readonly trace?: true;
}

/** Prints an answer. As CSV, standard output holds rows or nothing; why there are none is said on standard error. */
export function printAnswer(answer: Answer, { format, trace }: PrintOptions, terminal: Terminal): void {
  const text = (): string => renderAnswer(answer, { trace: trace === true });
  if (format === 'json') terminal.out(JSON.stringify(answer));
  else if (format === 'text') terminal.out(text());
  else if (answer.outcome !== 'answered') terminal.err(`${text()}\n`);
  else {
    terminal.out(renderCsv(answer).replace(/\r\n$/, ''));
    if (answer.truncated) terminal.err(`The result is cut at ${String(answer.rows.length)} rows; --max-rows sets the limit.\n`);
  }
}
