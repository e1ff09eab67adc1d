import type { DataApiClient } from '@ask-aurora/data-api-client';
import { randomUUID } from 'node:crypto';
import type { Answer } from '../answer/answer.js';
import { askQuestion } from '../answer/ask-question.js';
import { CliError } from '../cli-error.js';
import { createStepTimer } from '../session/step-timer.js';
import { askAgent } from './ask-agent.js';
import { clientOptions, type AwsAccess } from './aws-access.js';
import { callFunctions } from './call-functions.js';
import { callGateway } from './call-gateway.js';
import { connectToStack } from './connect-to-stack.js';
import { describeStack } from './describe-stack.js';
import { createRemoteEngine } from './remote-engine.js';
import { frontOf, outputsOf, type DeployedStack, type StackFront } from './stack-outputs.js';

export interface StackSessionOptions extends AwsAccess {
  readonly stack: string;
  readonly tenant?: Readonly<Record<string, string>>;
  readonly maxRows?: number;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** A deployed stack that can be asked. */
export interface StackSession {
  readonly front: StackFront;
  readonly database: string;
  ask(question: string): Promise<Answer>;
  /** The stack's own read-only role. @throws {CliError} `stack-outputs-missing` */
  reader(): DataApiClient;
  close(): Promise<void>;
}

/**
 * Finds the stack's front by its outputs and gets ready to ask it: the agent, the gateway, or the functions themselves.
 *
 * @throws {CliError} `stack-unavailable`, `stack-outputs-missing`, `invalid-argument` for a tenant that the front can't pass on
 */
export async function openStackSession(options: StackSessionOptions): Promise<StackSession> {
  const { signal, onProgress, tenant = {} } = options;
  onProgress(`Reading the outputs of ${options.stack}`);
  const timer = createStepTimer();
  const stack = await timer.run('describe stack', () => describeStack(options.stack, options));
  const front = frontOf(stack);
  if (front !== 'classic' && Object.keys(tenant).length > 0) {
    throw new CliError('invalid-argument', `The stack ${stack.name} is asked ${front === 'agentcore' ? 'through a gateway' : 'by its functions'}, which have one fixed tenant (tenant.gatewayTenant of QueryActions). Leave --tenant out.`);
  }
  const reader = () => readerOf(stack, options);
  onProgress('Asking');
  // Each question has a session of its own: what was asked before changes no answer, and spends nothing of its limits.
  if (front === 'classic') {
    const { DatabaseName: database, AgentId: agentId, AgentAliasId: agentAliasId } = outputsOf(stack, 'classic');
    const ask = async (question: string): Promise<Answer> => {
      const answer = await askAgent({ ...clientOptions(options), agentId, agentAliasId, database, question, tenant, signal, sessionId: randomUUID() });
      return { ...answer, trace: [...timer.steps, ...answer.trace] };
    };
    return { front, database, ask, reader, close: () => Promise.resolve() };
  }
  const { database, call, close } = await openActions(stack, front, options);
  const engine = createRemoteEngine(database, call, options.maxRows);
  const ask = (question: string): Promise<Answer> => askQuestion([engine], { question, caller: { sessionId: randomUUID(), principal: null, tenant: {}, front: 'cli' }, signal, sessionSteps: timer.steps });
  return { front, database, reader, ask, close: async () => close() };
}

async function openActions(stack: DeployedStack, front: Exclude<StackFront, 'classic'>, options: StackSessionOptions) {
  if (front === 'agentcore') {
    const { DatabaseName: database, GatewayUrl: url } = outputsOf(stack, 'agentcore');
    return { database, ...(await callGateway(url, options)) };
  }
  const { DatabaseName: database, GenerateQueryFunctionName: generateQuery, ExecuteQueryFunctionName: executeQuery } = outputsOf(stack, 'functions');
  return { database, ...(await callFunctions({ generateQuery, executeQuery }, options)) };
}

function readerOf(stack: DeployedStack, access: AwsAccess): DataApiClient {
  const { ClusterArn: resourceArn, ReadOnlySecretArn: secretArn, DatabaseName: database } = outputsOf(stack, 'database');
  return connectToStack({ resourceArn, secretArn, database }, access);
}
