import { createOfflineAgentModel, type Guardrail } from '@ask-aurora/agent-actions';
import type { Model } from '@ask-aurora/nl2sql';
import type { LocalAgentDefinition } from './agent-runtime/agent-definition.js';
import { identityOf, invokeAgentRoute } from './agent-runtime/invoke-agent-route.js';
import type { KnowledgeBaseDocument } from './agent-runtime/knowledge-base.js';
import { retrieveRoute } from './agent-runtime/retrieve-route.js';
import { applyGuardrailRoute } from './bedrock-runtime/apply-guardrail-route.js';
import { converseRoutes } from './bedrock-runtime/converse-routes.js';
import { createLocalGuardrail } from './guardrail/create-local-guardrail.js';
import type { GuardrailConfiguration } from './guardrail/guardrail-configuration.js';
import { startLocalService } from './http/start-local-service.js';

/** What is served. */
export interface LocalBedrockOptions {
  readonly agent: LocalAgentDefinition;
  /** Models for Converse, by id; `*` answers for every other id. @default a deterministic stand-in for every id */
  readonly models?: Readonly<Record<string, Model>>;
  /** Guardrails for Converse and ApplyGuardrail, by id. @default none */
  readonly guardrails?: Readonly<Record<string, GuardrailConfiguration>>;
  /** Documents for Retrieve and for the agent's lookups, by knowledge base id. @default none */
  readonly knowledgeBases?: Readonly<Record<string, readonly KnowledgeBaseDocument[]>>;
  /** @default 0, any free port */
  readonly port?: number;
}

/** A running Bedrock of one agent. */
export interface LocalBedrock {
  /** For AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME and AWS_ENDPOINT_URL_BEDROCK_RUNTIME alike. */
  readonly endpoint: string;
  readonly agentId: string;
  readonly agentAliasId: string;
  /** Conversations that are remembered. */
  readonly sessions: number;
  stop(): Promise<void>;
}

/**
 * Serves InvokeAgent, Retrieve, Converse, ConverseStream and ApplyGuardrail on 127.0.0.1 in the protocol that AWS's
 * SDKs and CLI speak.
 * @throws LocalAwsError `listen-failed`, `invalid-configuration`
 */
export async function startLocalBedrock(options: LocalBedrockOptions): Promise<LocalBedrock> {
  const guardrails: Record<string, Guardrail> = Object.fromEntries(Object.entries(options.guardrails ?? {}).map(([id, configuration]) => [id, createLocalGuardrail(configuration)]));
  const invokeAgent = invokeAgentRoute(options.agent, options.knowledgeBases);
  const routes = [invokeAgent, retrieveRoute(options.knowledgeBases ?? {}), ...converseRoutes({ models: options.models ?? { '*': createOfflineAgentModel() }, guardrails }), applyGuardrailRoute(guardrails)];
  const service = await startLocalService(routes, options.port ?? 0);
  const { agentId, agentAliasId } = identityOf(options.agent);
  return {
    endpoint: service.endpoint,
    agentId,
    agentAliasId,
    get sessions() {
      return invokeAgent.sessions.size;
    },
    stop: () => service.stop(),
  };
}
