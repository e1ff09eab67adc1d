import { createAsk, type AskResult, type Caller, type ExecuteQuery, type GenerateQuery, type GenerateQueryResult, type GeneratedStatement } from '@ask-aurora/agent-actions';
import { suggestChart, type TraceStep } from '@ask-aurora/nl2sql';
import type { Answer } from './answer.js';

/** The two actions over one database. */
export interface QuestionEngine {
  readonly database: string;
  readonly generateQuery: GenerateQuery;
  readonly executeQuery: ExecuteQuery;
}

export interface AskQuestionOptions {
  readonly question: string;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** Steps of the session itself, such as its start; the trace holds those taken up to the answer. */
  readonly sessionSteps?: readonly TraceStep[];
}

/**
 * Sends a question through generate-query and execute-query. Engines are tried in their order: the next one only when
 * the one before abstains, since a question that one database can't answer may be meant for another.
 */
export async function askQuestion(engines: readonly QuestionEngine[], options: AskQuestionOptions): Promise<Answer> {
  const { question, caller, signal } = options;
  const steps: TraceStep[] = [];
  const abstained: Answer[] = [];
  for (const engine of engines) {
    const result = await createAsk(engine)({ question, caller, signal, onStep: (step) => void steps.push(step) });
    const trace = [...(options.sessionSteps ?? []), ...steps].sort((a, b) => a.startedAt.localeCompare(b.startedAt));
    const answer = toAnswer(result, { question, database: engine.database, trace });
    if (answer.outcome !== 'abstained') return answer;
    abstained.push(answer);
  }
  return noneAnswers(abstained);
}

/** Which of several databases a question was meant for is not known when none can answer: each says why. */
function noneAnswers(abstained: readonly Answer[]): Answer {
  const last = abstained.at(-1);
  if (last === undefined) throw new RangeError('There is no database to ask.');
  if (abstained.length === 1) return last;
  return { ...last, database: null, reason: abstained.map(({ database, reason }) => `${String(database)}: ${String(reason)}`).join('\n') };
}

type Known = Pick<Answer, 'question' | 'database' | 'trace'>;

function toAnswer(result: AskResult, known: Known): Answer {
  if (result.kind === 'not-generated') return withoutStatement(result.generated, known);
  const { sql, parameters, explanation, source } = result.statement;
  const stated = { ...withNothing(known), sql, parameters, explanation, source };
  if (result.kind === 'not-executed') {
    const { executed } = result;
    if (executed.kind === 'failure') return { ...stated, verdict: accepted(result.statement), outcome: 'failed', reason: sentences(executed.message, executed.hint) };
    const verdict = executed.stage === 'guard' ? { accepted: false, relations: [], violations: executed.violations } : accepted(result.statement);
    return { ...stated, verdict, outcome: 'refused', refused: true, reason: executed.reason };
  }
  const { columns, rows, truncated } = result.rows;
  return { ...stated, verdict: accepted(result.statement), outcome: 'answered', columns, rows, truncated, answer: result.sentence, chart: suggestChart(columns, rows) };
}

function withoutStatement(generated: Exclude<GenerateQueryResult, GeneratedStatement>, known: Known): Answer {
  const nothing = withNothing(known);
  switch (generated.kind) {
    case 'abstention':
      return { ...nothing, outcome: 'abstained', refused: true, reason: generated.reason };
    case 'clarification':
      return { ...nothing, outcome: 'clarification', refused: true, reason: generated.question };
    case 'refusal':
      return { ...nothing, outcome: 'refused', refused: true, reason: generated.reason, verdict: generated.stage === 'guard' ? { accepted: false, relations: [], violations: generated.violations } : null };
    case 'failure':
      return { ...nothing, outcome: 'failed', reason: sentences(generated.message, generated.hint) };
  }
}

function accepted(statement: GeneratedStatement): NonNullable<Answer['verdict']> {
  return { accepted: true, relations: statement.relations.map((relation) => `${relation.schema}.${relation.name}`), violations: [] };
}

/** An answer of which nothing is known yet but the question. */
export function withNothing(known: Known): Omit<Answer, 'outcome'> {
  return { ...known, sql: null, parameters: {}, explanation: null, source: null, columns: [], rows: [], truncated: false, answer: null, chart: null, refused: false, reason: null, verdict: null };
}

function sentences(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' ');
}
