import type { BedrockClassicHandler, ExecuteQuery, GenerateQuery } from '@ask-aurora/agent-actions';
import type { Model } from '@ask-aurora/nl2sql';
import type { AgentKnowledgeBase } from './knowledge-lookups.js';
import type { PostProcessing } from './processing.js';
import type { GuardrailConfiguration } from '../guardrail/guardrail-configuration.js';

/** How the operations of an action group are described to the agent, which decides the shape of its events. */
export type ActionGroupFlavour = 'openapi' | 'function';

/** An agent as it would be deployed. */
export interface LocalAgentDefinition {
  /** @default 'ASKAURORA1' */
  readonly agentId?: string;
  /** @default 'TSTALIASID', Bedrock's own alias for testing */
  readonly agentAliasId?: string;
  /** @default 'ask-aurora' */
  readonly name?: string;
  /** The actions; each is an action group of its own, as when deployed. */
  readonly generateQuery?: GenerateQuery;
  readonly executeQuery?: ExecuteQuery;
  /** Lambda functions in place of the actions, called with action-group events. */
  readonly handlers?: { readonly generateQuery?: BedrockClassicHandler; readonly executeQuery?: BedrockClassicHandler };
  /** @default 'openapi' */
  readonly flavour?: ActionGroupFlavour;
  /** Action groups whose calls are handed to the application (`RETURN_CONTROL`) in place of a Lambda function. @default none */
  readonly returnControl?: readonly ('generateQuery' | 'executeQuery')[];
  /** @default a deterministic stand-in that calls the two actions and answers from the rows */
  readonly model?: Model;
  /** @default the actions' own */
  readonly instruction?: string;
  readonly guardrail?: GuardrailConfiguration;
  /** What the agent may look things up in, besides its actions; the documents are those of `startLocalBedrock`. @default none */
  readonly knowledgeBases?: readonly AgentKnowledgeBase[];
  /** Whether the input is classified before orchestration, with a preProcessingTrace; an invalid one goes no further. @default false, as in new agents */
  readonly preProcessing?: boolean;
  /** Makes the shown answer out of the model's, with a postProcessingTrace; in place of Bedrock's post-processing prompt. @default none */
  readonly postProcessing?: PostProcessing;
  /** Seconds of silence after which a session's conversation is forgotten. @default 600 */
  readonly idleSessionTtlInSeconds?: number;
  /** Milliseconds that Lambda gives a function. @default 60_000 */
  readonly functionTimeoutMs?: number;
}
