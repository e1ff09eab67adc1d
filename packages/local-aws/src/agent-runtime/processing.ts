import { screenQuestion } from '@ask-aurora/nl2sql';
import type { Trace } from '@aws-sdk/client-bedrock-agent-runtime';

/** Makes the answer that is shown out of the one that orchestration gave. */
export type PostProcessing = (answer: string, turn: { readonly question: string; readonly signal: AbortSignal }) => string | Promise<string>;

/** What classifying an input came to. */
export interface PreProcessed {
  readonly isValid: boolean;
  readonly reason: string;
  readonly traces: readonly Trace[];
}

/** Classifies an input. Bedrock asks a model; here the screen of the text-to-SQL pipeline is asked. */
export function preProcess(text: string, turnId: string): PreProcessed {
  const traceId = `${turnId}-pre-0`;
  const screened = screenQuestion(text);
  const reason = screened.ok ? 'The input is a question to the database.' : screened.reason;
  return {
    isValid: screened.ok,
    reason,
    traces: [
      { preProcessingTrace: { modelInvocationInput: { traceId, type: 'PRE_PROCESSING', text } } },
      { preProcessingTrace: { modelInvocationOutput: { traceId, parsedResponse: { isValid: screened.ok, rationale: reason }, rawResponse: { content: JSON.stringify(screened) } } } },
    ],
  };
}

/** Post-processes an answer. */
export async function postProcess(processing: PostProcessing, answer: string, turn: { readonly question: string; readonly signal: AbortSignal }, turnId: string): Promise<{ readonly text: string; readonly traces: readonly Trace[] }> {
  const traceId = `${turnId}-post-0`;
  const text = await processing(answer, turn);
  return {
    text,
    traces: [
      { postProcessingTrace: { modelInvocationInput: { traceId, type: 'POST_PROCESSING', text: answer } } },
      { postProcessingTrace: { modelInvocationOutput: { traceId, parsedResponse: { text }, rawResponse: { content: text } } } },
    ],
  };
}
