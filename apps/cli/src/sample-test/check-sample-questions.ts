import type { DataApiClient } from '@ask-aurora/data-api-client';
import { sampleNames, sampleQuestions, type SampleName, type SampleQuestion } from '@ask-aurora/local-aurora';
import { compareResults, type ResultRows } from '@ask-aurora/nl2sql';
import type { Answer } from '../answer/answer.js';
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
  readonly ask: (question: DatabaseQuestion) => Promise<Answer>;
  /** A connection to a sample that runs the SQL written by hand. */
  readonly expected: (database: SampleName) => DataApiClient;
  readonly signal: AbortSignal;
}

/** Asks one question after another and holds each answer against SQL written by hand. */
export async function* checkSampleQuestions(questions: readonly DatabaseQuestion[], options: CheckOptions): AsyncGenerator<QuestionCheck> {
  for (const each of questions) {
    const { id, question, database, expect } = each;
    options.signal.throwIfAborted();
    const answer = await options.ask(each);
    const judged = await judge(answer, expect, options.expected(database), options.signal);
    yield { id, database, question, answer, ...judged };
  }
}

async function judge(answer: Answer, expected: SampleQuestion['expect'], client: DataApiClient, signal: AbortSignal): Promise<Pick<QuestionCheck, 'passed' | 'summary'>> {
  if (expected.kind !== 'rows') {
    const wanted = expected.kind === 'abstain' ? ['abstained', 'clarification'] : ['refused'];
    const passed = wanted.includes(answer.outcome);
    return { passed, summary: passed ? `${answer.outcome}: ${answer.reason ?? ''}` : `should have ${expected.kind === 'abstain' ? 'abstained' : 'refused'}, but ${answer.outcome}: ${answer.sql ?? answer.reason ?? ''}` };
  }
  if (answer.outcome !== 'answered') return { passed: false, summary: `${answer.outcome}: ${answer.reason ?? ''}` };
  const given: ResultRows = answer.rows.map((row) => answer.columns.map((column) => row[column.name]));
  for (const sql of [expected.sql, ...(expected.alternatives ?? [])]) {
    const { rows } = await client.query<Record<string, unknown>>(sql, {}, { signal });
    const wanted: ResultRows = rows.map((row) => Object.values(row));
    if (compareResults(wanted, given, { ordered: expected.ordered ?? false }) !== 'none') return { passed: true, summary: answer.answer ?? '' };
    // A front has its own limit on a reply: what it let through has to be right.
    if (answer.truncated && isPartOf(wanted, given)) return { passed: true, summary: `${given.length} of ${wanted.length} rows, cut by the front: ${answer.answer ?? ''}` };
  }
  return { passed: false, summary: `${given.length} rows that differ from those of the SQL written by hand: ${answer.sql ?? ''}` };
}

/** Whether each given row stands for one of the wanted ones, and holds its values, further columns aside. */
function isPartOf(wanted: ResultRows, given: ResultRows): boolean {
  const left = wanted.map((row) => row.map(String));
  return given.length > 0 && given.every((row) => {
    const values = new Set(row.map(String));
    const index = left.findIndex((candidate) => candidate.every((value) => values.has(value)));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}
