import type { ColumnDescription, GuardViolation, RowsResult } from '@ask-aurora/agent-actions';
import type { ParameterValue, TraceStep, VegaLiteSpec } from '@ask-aurora/nl2sql';
import { exitCode, type ExitCode } from '../exit-code.js';

/** Everything that is known about one question when it is over; `--format json` prints it as it is. */
export interface Answer {
  readonly question: string;
  readonly outcome: 'answered' | 'abstained' | 'clarification' | 'refused' | 'failed';
  /** The database the statement was written for; null when none was chosen. */
  readonly database: string | null;
  /** The statement as generated, with `:name` parameters; null when there is none. */
  readonly sql: string | null;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly explanation: string | null;
  /** Which model or store wrote the statement. */
  readonly source: string | null;
  readonly columns: readonly ColumnDescription[];
  readonly rows: RowsResult['rows'];
  /** True when the statement had more rows than are here. */
  readonly truncated: boolean;
  /** One or two sentences. */
  readonly answer: string | null;
  /** A Vega-Lite specification, when the shape of the rows suggests a chart. */
  readonly chart: VegaLiteSpec | null;
  /** True for everything but an answer and a fault: refused, abstained, or asked back. */
  readonly refused: boolean;
  /** Why there is no answer. */
  readonly reason: string | null;
  readonly verdict: AnswerVerdict | null;
  readonly trace: readonly TraceStep[];
}

/** What the guard said. */
export interface AnswerVerdict {
  readonly accepted: boolean;
  /** `schema.name` of what the statement reads. */
  readonly relations: readonly string[];
  readonly violations: readonly GuardViolation[];
}

/** What the process ends with for an answer. */
export function exitCodeOf(answer: Pick<Answer, 'outcome'>): ExitCode {
  if (answer.outcome === 'answered') return exitCode.answered;
  return answer.outcome === 'failed' ? exitCode.fault : exitCode.refused;
}
