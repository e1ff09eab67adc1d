import { CliError } from '../cli-error.js';

/**
 * The outputs that a stack made of @ask-aurora/cdk-constructs has, by what they are for. The constructs give them by
 * `accessOutputs`, `adminOutputs`, `actionOutputs`, `agentOutputs` and `gatewayOutputs`; a test reads them here from the
 * templates that the demonstration synthesizes.
 */
export const outputNames = {
  database: ['ClusterArn', 'DatabaseName', 'ReadOnlySecretArn'],
  administrator: ['ClusterArn', 'DatabaseName', 'AdminSecretArn'],
  functions: ['DatabaseName', 'GenerateQueryFunctionName', 'ExecuteQueryFunctionName'],
  classic: ['DatabaseName', 'AgentId', 'AgentAliasId'],
  agentcore: ['DatabaseName', 'GatewayUrl'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What this command reads; the constructs write theirs as `OutputsVersion`. */
export const outputsVersion = '1';

/** A deployed stack, as far as this command looks into it. */
export interface DeployedStack {
  readonly name: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What answers in front of the two functions. */
export type StackFront = 'classic' | 'agentcore' | 'none';

/** The outputs for one purpose. @throws {CliError} `stack-outputs-missing` with what the stack has instead */
export function outputsOf<Purpose extends keyof typeof outputNames>(stack: DeployedStack, purpose: Purpose): Readonly<Record<(typeof outputNames)[Purpose][number], string>> {
  const missing = outputNames[purpose].filter((name) => stack.outputs[name] === undefined);
  if (missing.length > 0) throw new CliError('stack-outputs-missing', `The stack ${stack.name} has no output ${missing.join(', ')}. ${advice(stack, purpose)}`);
  return stack.outputs as Readonly<Record<(typeof outputNames)[Purpose][number], string>>;
}

/** What the outputs say of the front. */
export function frontOf({ outputs }: DeployedStack): StackFront {
  if (outputs['AgentId'] !== undefined) return 'classic';
  return outputs['GatewayUrl'] === undefined ? 'none' : 'agentcore';
}

const otherStack = { database: 'the one with the agent or the database', administrator: 'the one with the database (RDSAuroraStack of the demonstration)', functions: 'the one with the agent (BedrockAgentStack of the demonstration)', classic: 'the one with the agent', agentcore: 'the one with the gateway' } as const;

function advice({ outputs }: DeployedStack, purpose: keyof typeof outputNames): string {
  const version = outputs['OutputsVersion'];
  if (version !== undefined && version !== outputsVersion) return `Its template is of outputs version ${version}, and this command reads ${outputsVersion}: use the ask-aurora of the constructs that it was deployed with, or deploy it again.`;
  if (version === undefined) return `It was not made with @ask-aurora/cdk-constructs, or with one from before outputs version ${outputsVersion}: give the constructs' outputs to CfnOutput and deploy it again.`;
  return `It is of outputs version ${version}, so another stack is probably meant: ${otherStack[purpose]}.`;
}
