import { wordsOf } from './words-of.js';

/** A topic that must not be talked about. */
export interface DeniedTopic {
  readonly name: string;
  readonly definition: string;
  readonly examples?: readonly string[] | undefined;
}

/** Share of an example's words that a text has to hold to be of its topic. */
const exampleOverlap = 0.75;
/** Words of a topic's definition and name that a text has to hold. */
const definitionWords = 4;

/**
 * The first topic that a text is about. Bedrock asks a model; here a text is of a topic when it holds most of the
 * words of one of the topic's examples, or several of its definition. Good enough to see the path of a blocked
 * question; no measure of what the deployed guardrail lets through.
 */
export function findDeniedTopic(text: string, topics: readonly DeniedTopic[]): DeniedTopic | undefined {
  const words = wordsOf(text);
  const shared = (other: ReadonlySet<string>) => [...other].filter((word) => words.has(word)).length;
  return topics.find((topic) => {
    const byExample = (topic.examples ?? []).some((example) => {
      const wanted = wordsOf(example);
      return wanted.size > 0 && shared(wanted) / wanted.size >= exampleOverlap;
    });
    return byExample || shared(wordsOf(`${topic.name} ${topic.definition}`)) >= definitionWords;
  });
}
