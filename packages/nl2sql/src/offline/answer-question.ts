import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import type { ParameterValue } from '../pipeline/parameter-value.js';
import { compose } from './compose.js';
import type { Statement } from './statement.js';
import { createLexicon } from './lexicon.js';
import type { Lexicon } from './lexicon.js';
import { NotUnderstood } from './not-understood.js';
import { parseRequest } from './parse-request.js';
import { Ambiguous } from './planner.js';
import { readings } from './reading.js';
import { schemaGraph } from './schema-graph.js';
import type { SchemaGraph } from './schema-graph.js';

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
      let failure: NotUnderstood | null = null;
      for (const lexicon of lexicons) {
        try {
          return readQuestion(question, today, graph, lexicon);
        } catch (error) {
          if (!(error instanceof NotUnderstood)) throw error;
          failure ??= error;
          if (error instanceof Ambiguous) break;
        }
      }
      if (failure instanceof Ambiguous) return { kind: 'clarification', question: failure.reason };
      return { kind: 'abstention', reason: failure?.reason ?? '' };
    },
  };
}

function readQuestion(question: string, today: string, graph: SchemaGraph, lexicon: Lexicon): OfflineAnswer {
  const request = parseRequest(question, lexicon, today);
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
