import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { tokenise } from '../offline/tokenise.js';
import type { Token } from '../offline/tokenise.js';
import type { ParameterValue } from '../pipeline/parameter-value.js';
import type { VerifiedQueryMatch, VerifiedQueryMatcher } from '../pipeline/verified-query-matcher.js';
import { matchTemplate, questionTemplate } from './question-template.js';
import type { QuestionTemplate } from './question-template.js';
import { slotValue } from './slot-value.js';
import type { VerifiedQuery } from './verified-query.js';

/**
 * Makes a matcher that finds the verified query whose question, or one of whose alternatives, is the one asked, word for
 * word after plurals, articles and courtesy are taken away, with slots filled by values that fit them. It finds none
 * rather than a wrong one.
 *
 * @example
 * const textToSql = createTextToSql({ artifact, guard, model, verifiedQueries: createVerifiedQueryMatcher() });
 */
export function createVerifiedQueryMatcher(): VerifiedQueryMatcher {
  const compiled = new WeakMap<SchemaArtifact, readonly CompiledQuery[]>();
  return ({ question, artifact }): VerifiedQueryMatch | null => {
    let queries = compiled.get(artifact);
    if (queries === undefined) {
      queries = artifact.verifiedQueries.map(compile);
      compiled.set(artifact, queries);
    }
    const tokens = tokenise(question);
    let best: { readonly match: VerifiedQueryMatch; readonly words: number } | null = null;
    for (const { query, templates } of queries) {
      for (const template of templates) {
        if (best !== null && best.words >= template.words) continue;
        const parameters = fill(query, template, tokens, artifact);
        if (parameters !== null) best = { words: template.words, match: { id: query.id, sql: query.sql, parameters, explanation: `Answered by the verified query "${query.question}".`, confidence: 1 } };
      }
    }
    return best?.match ?? null;
  };
}

interface CompiledQuery {
  readonly query: VerifiedQuery;
  readonly templates: readonly QuestionTemplate[];
}

function compile(query: VerifiedQuery): CompiledQuery {
  return { query, templates: [query.question, ...query.alternatives].map(questionTemplate) };
}

function fill(query: VerifiedQuery, template: QuestionTemplate, tokens: readonly Token[], artifact: SchemaArtifact): Record<string, ParameterValue> | null {
  const parameters: Record<string, ParameterValue> = {};
  const slots = matchTemplate(template, tokens, (name, text) => {
    const parameter = query.parameters.find((candidate) => candidate.name === name);
    const value = parameter === undefined ? null : slotValue(text, parameter, artifact);
    parameters[name] = value;
    return value !== null;
  });
  if (slots === null) return null;
  return slots.size === query.parameters.length ? parameters : null;
}
