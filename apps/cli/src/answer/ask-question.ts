import type { Caller, ExecuteQuery, ExecuteQueryResult, GenerateQuery, GenerateQueryResult, GeneratedStatement } from '@ask-aurora/agent-actions';
import { answerFromRows, suggestChart, type TraceStep } from '@ask-aurora/nl2sql';
import type { Answer, AnswerVerdict } from './answer.js';

/** The two actions over one database. */
export interface QuestionEngine {
  readonly database: string;
  readonly generateQuery: GenerateQuery;
  readonly executeQuery: ExecuteQuery;
}

export interface AskQuestionOptions {
  readonly question: string;
  readonly caller: Caller;
  readonly maxRows: number;
  readonly signal: AbortSignal;
  /** Steps of the session itself, such as its start; the trace holds those taken up to the answer. */
  readonly sessionSteps?: readonly TraceStep[];
}

/**
 * Sends a question through generate-query and execute-query. Engines are tried in their order: the next one only when
 * the one before abstains, since a question that one database can't answer may be meant for another.
 */
export async function askQuestion(engines: readonly QuestionEngine[], options: AskQuestionOptions): Promise<Answer> {
  const trace: TraceStep[] = [];
  const answer = await askEngines(engines, options, trace);
  return { ...answer, trace: [...(options.sessionSteps ?? []), ...trace].sort((a, b) => a.startedAt.localeCompare(b.startedAt)) };
}

async function askEngines(engines: readonly QuestionEngine[], options: AskQuestionOptions, trace: TraceStep[]): Promise<Answer> {
  const onStep = (step: TraceStep): void => void trace.push(step);
  let first: Answer | null = null;
  for (const engine of engines) {
    const generated = await engine.generateQuery({ question: options.question, caller: options.caller, signal: options.signal, onStep });
    if (generated.kind === 'statement') return executeGenerated(engine, generated, options, trace, onStep);
    const outcome = withoutStatement(engine, generated, options.question, trace);
    if (outcome.outcome !== 'abstained') return outcome;
    first ??= outcome;
  }
  if (first === null) throw new RangeError('There is no database to ask.');
  return first;
}

async function executeGenerated(engine: QuestionEngine, statement: GeneratedStatement, options: AskQuestionOptions, trace: TraceStep[], onStep: (step: TraceStep) => void): Promise<Answer> {
  const { sql, parameters } = statement;
  const result = await engine.executeQuery({ sql, parameters, caller: options.caller, maxRows: options.maxRows, signal: options.signal, onStep });
  const known = { ...nothingYet(options.question, trace), database: engine.database, sql, parameters, explanation: statement.explanation, source: statement.source, verdict: verdictOf(result, statement) };
  if (result.kind === 'refusal') return { ...known, outcome: 'refused', refused: true, reason: result.reason };
  if (result.kind === 'failure') return { ...known, outcome: 'failed', reason: [result.message, result.hint].filter(Boolean).join(' ') };
  const { columns, rows, truncated } = result;
  const startedAt = new Date();
  const { sentence } = answerFromRows({ question: options.question, columns, rows, truncated });
  const chart = suggestChart(columns, rows);
  onStep({ name: 'answer', startedAt: startedAt.toISOString(), durationMs: Date.now() - startedAt.getTime(), outcome: 'ok', detail: { by: 'template', rows: rows.length, chart: chart !== null } });
  return { ...known, outcome: 'answered', columns, rows, truncated, answer: sentence, chart };
}

function withoutStatement(engine: QuestionEngine, generated: Exclude<GenerateQueryResult, GeneratedStatement>, question: string, trace: readonly TraceStep[]): Answer {
  const known = { ...nothingYet(question, trace), database: engine.database };
  switch (generated.kind) {
    case 'abstention':
      return { ...known, outcome: 'abstained', refused: true, reason: generated.reason };
    case 'clarification':
      return { ...known, outcome: 'clarification', refused: true, reason: generated.question };
    case 'refusal':
      return { ...known, outcome: 'refused', refused: true, reason: generated.reason, verdict: generated.stage === 'guard' ? { accepted: false, relations: [], violations: generated.violations } : null };
    case 'failure':
      return { ...known, outcome: 'failed', reason: [generated.message, generated.hint].filter(Boolean).join(' ') };
  }
}

function verdictOf(result: ExecuteQueryResult, statement: GeneratedStatement): AnswerVerdict {
  const relations = statement.relations.map((relation) => `${relation.schema}.${relation.name}`);
  return result.kind === 'refusal' && result.stage === 'guard' ? { accepted: false, relations: [], violations: result.violations } : { accepted: true, relations, violations: [] };
}

function nothingYet(question: string, trace: readonly TraceStep[]): Omit<Answer, 'outcome'> {
  return { question, database: null, sql: null, parameters: {}, explanation: null, source: null, columns: [], rows: [], truncated: false, answer: null, chart: null, refused: false, reason: null, verdict: null, trace };
}
