import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import type { PromptExample } from './build-prompt.js';
import { createQuestionMask, shapeSimilarity, type QuestionMask } from './mask-question.js';

interface PreparedExample {
  readonly example: PromptExample;
  readonly shape: readonly string[];
}

interface Prepared {
  readonly mask: QuestionMask;
  readonly examples: readonly PreparedExample[];
}

const prepared = new WeakMap<SchemaArtifact['verifiedQueries'], { readonly extra: readonly PromptExample[]; readonly value: Prepared }>();

/**
 * The examples whose questions have the shape of this one, best last: the nearest example stands next to the question.
 * Taken from the artifact's verified queries, with their alternatives, and from `options.examples`.
 */
export function selectExamples(question: string, artifact: SchemaArtifact, options: { readonly examples: readonly PromptExample[]; readonly count: number }): readonly PromptExample[] {
  if (options.count <= 0) return [];
  const { mask, examples } = prepare(artifact, options.examples);
  const shape = mask(question);
  const ranked = examples.map(({ example, shape: other }) => ({ example, similarity: shapeSimilarity(shape, other) })).sort((a, b) => b.similarity - a.similarity);
  const chosen: PromptExample[] = [];
  for (const { example, similarity } of ranked) {
    if (chosen.length >= options.count || similarity < 0.2) break;
    // Wordings of one verified query share their SQL: one of them is enough.
    if (!chosen.some(({ sql }) => sql === example.sql)) chosen.push(example);
  }
  return chosen.reverse();
}

function prepare(artifact: SchemaArtifact, extra: readonly PromptExample[]): Prepared {
  const known = prepared.get(artifact.verifiedQueries);
  if (known !== undefined && known.extra === extra) return known.value;
  const mask = createQuestionMask(artifact);
  const verified = artifact.verifiedQueries.flatMap(({ question, alternatives, sql }) => [question, ...alternatives].map((wording) => ({ question: wording, sql })));
  const value = { mask, examples: [...verified, ...extra].map((example) => ({ example, shape: mask(example.question) })) };
  prepared.set(artifact.verifiedQueries, { extra, value });
  return value;
}
