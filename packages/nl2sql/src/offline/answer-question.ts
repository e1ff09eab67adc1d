import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import type { ParameterValue } from '../pipeline/parameter-value.js';
import { compose } from './compose.js';
import type { Statement } from './statement.js';
import { createLexicon } from './lexicon.js';
import type { Lexicon } from './lexicon.js';
import { NotUnderstood, UnknownWords } from './not-understood.js';
import { parseRequest } from './parse-request.js';
import { Ambiguous } from './planner.js';
import { readings } from './reading.js';
import { schemaGraph } from './schema-graph.js';
import type { SchemaGraph } from './schema-graph.js';
import { correctedWord } from './spelling.js';
import { tokenise } from './tokenise.js';
import type { Token } from './tokenise.js';
import { unknownWordsReason } from './unknown-words-reason.js';
import { functionWords, grammarWords, leadWords, neutralVerbs } from './word-classes.js';

/** What the offline answerer makes of a question: a statement, or a reason, or a question back. */
export type OfflineAnswer =
  | { readonly kind: 'statement'; readonly sql: string; readonly parameters: Readonly<Record<string, ParameterValue>>; readonly explanation: string; readonly confidence: number }
  | { readonly kind: 'abstention'; readonly reason: string }
  | { readonly kind: 'clarification'; readonly question: string };

export interface QuestionAnswerer {
  answer(question: string, today: string): OfflineAnswer;
}

/** Readings whose costs differ by less and whose statements differ leave the question open. */
const readingMargin = 0.15;
const highestCost = 3;

/** Prepares a schema once and answers questions about it by rules. */
export function createQuestionAnswerer(artifact: SchemaArtifact): QuestionAnswerer {
  const graph = schemaGraph(artifact);
  const lexicons = [createLexicon(graph, { figures: true })];
  // A metric or filter named "enrolled students" hides the words in it; a question that makes no sense with it may without.
  if (artifact.metrics.length + artifact.filters.length > 0) lexicons.push(createLexicon(graph, { figures: false }));
  return {
    answer(question, today) {
      const tokens = tokenise(question);
      const first = readTokens(tokens, today, graph, lexicons);
      if (!(first instanceof NotUnderstood)) return first;
      const [lexicon] = lexicons;
      if (first instanceof UnknownWords && lexicon !== undefined) {
        const slips = slipsOf(tokens, lexicon);
        const second = slips.size === 0 ? first : readTokens(tokens.map((token) => withoutSlip(token, slips)), today, graph, lexicons);
        if (!(second instanceof NotUnderstood)) return told(second, slips);
        return { kind: 'abstention', reason: unknownWordsReason(first, lexicon, graph) };
      }
      return first instanceof Ambiguous ? { kind: 'clarification', question: first.reason } : { kind: 'abstention', reason: first.reason };
    },
  };
}

function readTokens(tokens: readonly Token[], today: string, graph: SchemaGraph, lexicons: readonly Lexicon[]): OfflineAnswer | NotUnderstood {
  let failure: NotUnderstood | null = null;
  for (const lexicon of lexicons) {
    try {
      return readQuestion(tokens, today, graph, lexicon);
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      failure ??= error;
      if (error instanceof Ambiguous) break;
    }
  }
  return failure ?? new NotUnderstood('I cannot make a statement of this question.');
}

/** Words that nothing is called and that are a slip away from one word of the schema. */
function slipsOf(tokens: readonly Token[], lexicon: Lexicon): ReadonlyMap<string, string> {
  const strange = tokens.filter((token, position) => token.kind === 'word' && !functionWords.has(token.lower) && !grammarWords.has(token.lower) && !neutralVerbs.has(token.lower) && !leadWords.has(token.lower) && lexicon.at(tokens, position).length === 0 && !isInside(tokens, position, lexicon));
  return new Map(strange.flatMap(({ lower }) => {
    const corrected = correctedWord(lower, lexicon);
    return corrected === null ? [] : [[lower, corrected]];
  }));
}

/** Whether a word belongs to a known phrase that begins before it. */
function isInside(tokens: readonly Token[], position: number, lexicon: Lexicon): boolean {
  return tokens.slice(Math.max(0, position - 5), position).some((_token, index, before) => lexicon.at(tokens, position - before.length + index).some(({ length }) => length > before.length - index));
}

function withoutSlip(token: Token, slips: ReadonlyMap<string, string>): Token {
  const corrected = slips.get(token.lower);
  return corrected === undefined || token.kind !== 'word' ? token : { ...token, text: corrected, lower: corrected };
}

/** An answer to a question whose slips were mended says which. */
function told(answer: OfflineAnswer, slips: ReadonlyMap<string, string>): OfflineAnswer {
  if (answer.kind !== 'statement') return answer;
  const read = [...slips].map(([wrong, right]) => `"${wrong}" as "${right}"`).join(' and ');
  return { ...answer, explanation: `${answer.explanation} I read ${read}.`, confidence: Math.max(0.5, Math.round((answer.confidence - 0.1) * 100) / 100) };
}

function readQuestion(tokens: readonly Token[], today: string, graph: SchemaGraph, lexicon: Lexicon): OfflineAnswer {
  const request = parseRequest(tokens, lexicon, today);
  const statements = new Map<string, Statement & { readonly total: number }>();
  let failure: NotUnderstood | null = null;
  for (const reading of readings(request)) {
    try {
      const statement = compose(request, reading, graph);
      const total = reading.cost + statement.cost;
      const present = statements.get(statement.sql);
      if (present === undefined || present.total > total) statements.set(statement.sql, { ...statement, total });
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      if (failure === null || (error instanceof Ambiguous && !(failure instanceof Ambiguous))) failure = error;
    }
  }
  const [best, next] = [...statements.values()].sort((a, b) => a.total - b.total);
  if (best === undefined) throw failure ?? new NotUnderstood('I cannot make a statement of this question.');
  if (next !== undefined && next.total - best.total < readingMargin) throw new Ambiguous(`The question can be read in more than one way: ${lowerFirst(best.explanation)} Or: ${lowerFirst(next.explanation)} Which one do you mean?`);
  if (best.total > highestCost) throw new NotUnderstood('The relations the question speaks of are too far apart to relate them without a guess.');
  return { kind: 'statement', sql: best.sql, parameters: best.parameters, explanation: best.explanation, confidence: Math.max(0.5, Math.round((1 - best.total / 6) * 100) / 100) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
