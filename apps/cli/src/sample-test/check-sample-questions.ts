import type { DataApiClient } from '@ask-aurora/data-api-client';
import { sampleNames, sampleQuestions, type SampleName, type SampleQuestion } from '@ask-aurora/local-aurora';
import { compareResults, type ResultRows } from '@ask-aurora/nl2sql';
import { randomUUID } from 'node:crypto';
import type { Answer } from '../answer/answer.js';
import { askQuestion, type QuestionEngine } from '../answer/ask-question.js';
import { CliError } from '../cli-error.js';
import { sampleNamed } from '../session/connect-locally.js';

/** A sample question and the database it is about. */
export interface DatabaseQuestion extends SampleQuestion {
  readonly database: SampleName;
}

/** What came of one question. */
export interface QuestionCheck {
  readonly id: string;
  readonly database: SampleName;
  readonly question: string;
  readonly passed: boolean;
  /** What happened, in a few words. */
  readonly summary: string;
  readonly answer: Answer;
}

/**
 * The questions named, or all of them, of one database or of each.
 *
 * @throws {CliError} `invalid-argument` for an id, `database-unknown` for a database that does not exist.
 */
export function selectQuestions(ids: readonly string[], database: string | undefined): readonly DatabaseQuestion[] {
  const named = database === undefined ? sampleNames : [sampleNamed(database)];
  const all = named.flatMap((sample) => sampleQuestions(sample).map((question) => ({ ...question, database: sample })));
  if (ids.length === 0) return all;
  return ids.map((id) => {
    const found = all.find((question) => question.id === id);
    if (found === undefined) throw new CliError('invalid-argument', `There is no sample question "${id}". Choose from: ${all.map((question) => question.id).join(', ')}.`);
    return found;
  });
}

export interface CheckOptions {
  readonly engines: readonly QuestionEngine[];
  /** The administrator's connection to a database: runs the SQL written by hand. */
  readonly administrator: (database: SampleName) => DataApiClient;
  readonly signal: AbortSignal;
}

/** Asks one question after another and holds each answer against SQL written by hand. */
export async function* checkSampleQuestions(questions: readonly DatabaseQuestion[], options: CheckOptions): AsyncGenerator<QuestionCheck> {
  const caller = { sessionId: randomUUID(), principal: null, tenant: {}, front: 'cli' } as const;
  for (const { id, question, database, expect } of questions) {
    options.signal.throwIfAborted();
    const engines = options.engines.filter((engine) => engine.database === database);
    const answer = await askQuestion(engines, { question, caller, signal: options.signal });
    const judged = await judge(answer, expect, options.administrator(database), options.signal);
    yield { id, database, question, answer, ...judged };
  }
}

async function judge(answer: Answer, expected: SampleQuestion['expect'], administrator: DataApiClient, signal: AbortSignal): Promise<Pick<QuestionCheck, 'passed' | 'summary'>> {
  if (expected.kind !== 'rows') {
    const wanted = expected.kind === 'abstain' ? ['abstained', 'clarification'] : ['refused'];
    const passed = wanted.includes(answer.outcome);
    return { passed, summary: passed ? `${answer.outcome}: ${answer.reason ?? ''}` : `should have ${expected.kind === 'abstain' ? 'abstained' : 'refused'}, but ${answer.outcome}: ${answer.sql ?? answer.reason ?? ''}` };
  }
  if (answer.outcome !== 'answered') return { passed: false, summary: `${answer.outcome}: ${answer.reason ?? ''}` };
  const given: ResultRows = answer.rows.map((row) => answer.columns.map((column) => row[column.name]));
  for (const sql of [expected.sql, ...(expected.alternatives ?? [])]) {
    const { rows } = await administrator.query<Record<string, unknown>>(sql, {}, { signal });
    const wanted: ResultRows = rows.map((row) => Object.values(row));
    if (compareResults(wanted, given, { ordered: expected.ordered ?? false }) !== 'none') return { passed: true, summary: answer.answer ?? '' };
  }
  return { passed: false, summary: `${given.length} rows that differ from those of the SQL written by hand: ${answer.sql ?? ''}` };
}
