import { ArnFormat, Aws, Duration, Lazy, Names, Stack } from 'aws-cdk-lib';
import { CfnAgent, CfnAgentAlias } from 'aws-cdk-lib/aws-bedrock';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { contentHash } from '../content/content-hash.js';
import type { SqlGuardrail } from '../guardrail/sql-guardrail.js';
import type { BedrockModel } from '../model-access/bedrock-model.js';
import { PropsCheck } from '../props/props-check.js';
import { executeQueryTool, generateQueryTool } from '../query-actions/action-tools.js';
import type { ActionTool } from '../query-actions/action-tools.js';
import type { QueryActions } from '../query-actions/query-actions.js';
import { defaultAgentInstruction } from './agent-instruction.js';
import { openApiSchema } from './open-api-schema.js';
import { grantKeyUse } from '../encryption/grant-key-use.js';

export interface SqlAgentSession {
  /** 60 to 5,400 seconds. @default 10 minutes */
  readonly idleTimeout?: Duration;
  /** Encrypts the agent and its sessions. @default a key of AWS */
  readonly encryptionKey?: IKey;
}

/** A knowledge base that the agent may look things up in, for example `SchemaKnowledgeBase`. */
export interface AgentKnowledge {
  readonly knowledgeBaseId: string;
  readonly knowledgeBaseArn: string;
  /** When the agent should look there, in up to 200 characters. */
  readonly description: string;
}

export interface SqlAgentProps {
  readonly actions: QueryActions;
  /** The model that plans and answers; the one that writes SQL belongs to the actions. */
  readonly model: BedrockModel;
  /** 40 to 4,000 characters. @default the instruction that goes with the two actions */
  readonly instruction?: string;
  readonly guardrail?: SqlGuardrail;
  readonly session?: SqlAgentSession;
  readonly knowledge?: readonly AgentKnowledge[];
  /** Up to 100 letters, digits, `-` and `_`. @default derived from the construct's path */
  readonly agentName?: string;
}

/**
 * A Bedrock agent (Agents Classic) with the two actions, each its own action group and function, and an alias that
 * always points at a version with the deployed content.
 *
 * Agents Classic takes no new customers since 2026-07-30; accounts that have it go on. For others there is `SqlGateway`.
 */
export class SqlAgent extends Construct {
  readonly agentId: string;
  readonly agentArn: string;
  readonly agentAliasId: string;
  readonly agentAliasArn: string;
  /** What the agent acts as. */
  readonly role: Role;
  readonly #agent: CfnAgent;
  readonly #guardrail: SqlGuardrail | undefined;

  constructor(scope: Construct, id: string, props: SqlAgentProps) {
    super(scope, id);
    checkProps(this, props);
    this.#guardrail = props.guardrail;
    const name = props.agentName ?? Names.uniqueResourceName(this, { maxLength: 80, separator: '-' });
    this.role = this.#createRole();
    this.#grantRole(props);

    const key = props.session?.encryptionKey;
    this.#agent = new CfnAgent(this, 'Agent', {
      agentName: name,
      description: 'Answers questions about a database with guarded, read-only statements',
      agentResourceRoleArn: this.role.roleArn,
      foundationModel: props.model.invocationId,
      instruction: props.instruction ?? defaultAgentInstruction,
      autoPrepare: true,
      idleSessionTtlInSeconds: (props.session?.idleTimeout ?? Duration.minutes(10)).toSeconds(),
      skipResourceInUseCheckOnDelete: true,
      actionGroups: [actionGroup(generateQueryTool, props.actions.generateQuery), actionGroup(executeQueryTool, props.actions.executeQuery)],
      ...(props.guardrail === undefined ? {} : { guardrailConfiguration: { guardrailIdentifier: props.guardrail.guardrailId, guardrailVersion: props.guardrail.guardrailVersion } }),
      ...(key === undefined ? {} : { customerEncryptionKeyArn: key.keyArn }),
      ...(props.knowledge === undefined ? {} : { knowledgeBases: props.knowledge.map((each) => ({ knowledgeBaseId: each.knowledgeBaseId, description: each.description, knowledgeBaseState: 'ENABLED' })) }),
    });
    // Bedrock checks the role when it prepares the agent, before CloudFormation would have attached its policy.
    this.#agent.node.addDependency(this.role);
    this.agentId = this.#agent.attrAgentId;
    this.agentArn = this.#agent.attrAgentArn;

    const alias = new CfnAgentAlias(this, 'Alias', {
      agentAliasName: 'live',
      agentId: this.agentId,
      // An alias without routing takes a new version whenever it is updated, and this text is what makes it updated.
      description: Lazy.string({ produce: () => `content ${this.contentHash}` }),
    });
    this.agentAliasId = alias.attrAgentAliasId;
    this.agentAliasArn = alias.attrAgentAliasArn;
    for (const [tool, lambda] of [[generateQueryTool, props.actions.generateQuery], [executeQueryTool, props.actions.executeQuery]] as const) this.#allowInvocation(tool, lambda);
  }

  /** Changes with whatever the agent is told or may do, its guardrail included, and with nothing else. */
  get contentHash(): string {
    const agent: unknown = Stack.of(this).resolve((this.#agent as unknown as { cfnProperties: unknown }).cfnProperties);
    return contentHash({ agent, guardrail: this.#guardrail?.contentHash ?? null });
  }

  /** Leave to ask the agent, by this alias only. */
  grantInvoke(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['bedrock:InvokeAgent'], resourceArns: [this.agentAliasArn] });
  }

  /** Questions asked of the alias. */
  metricInvocations(options?: MetricOptions): Metric {
    return this.#metric('InvocationCount', { statistic: 'Sum', ...options });
  }

  /** Milliseconds from a question to the end of its answer. */
  metricLatency(options?: MetricOptions): Metric {
    return this.#metric('TotalTime', { statistic: 'p95', ...options });
  }

  /** Tokens that the planning model read. */
  metricInputTokens(options?: MetricOptions): Metric {
    return this.#metric('InputTokenCount', { statistic: 'Sum', ...options });
  }

  /** Tokens that the planning model wrote. */
  metricOutputTokens(options?: MetricOptions): Metric {
    return this.#metric('OutputTokenCount', { statistic: 'Sum', ...options });
  }

  #metric(metricName: string, options: MetricOptions): Metric {
    return new Metric({ namespace: 'AWS/Bedrock/Agents', metricName, dimensionsMap: { Operation: 'InvokeAgent', AgentAliasArn: this.agentAliasArn }, ...options }).attachTo(this);
  }

  #createRole(): Role {
    const stack = Stack.of(this);
    const agents = stack.formatArn({ service: 'bedrock', resource: 'agent', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    return new Role(this, 'Role', {
      description: 'What the database agent acts as',
      assumedBy: new ServicePrincipal('bedrock.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ArnLike: { 'aws:SourceArn': agents } } }),
    });
  }

  #grantRole(props: SqlAgentProps): void {
    for (const statement of props.model.invokeStatements(this)) this.role.addToPolicy(statement);
    props.guardrail?.grantApply(this.role);
    for (const { knowledgeBaseArn } of props.knowledge ?? []) Grant.addToPrincipal({ grantee: this.role, actions: ['bedrock:Retrieve'], resourceArns: [knowledgeBaseArn] });
    if (props.session?.encryptionKey !== undefined) grantKeyUse(props.session.encryptionKey, this.role);
  }

  /** For this agent alone: a permission without the source would let every agent of every account call the function. */
  #allowInvocation(tool: ActionTool, lambda: IFunction): void {
    new CfnPermission(this, `Invoke-${tool.slug}`, {
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionArn,
      principal: 'bedrock.amazonaws.com',
      sourceAccount: Aws.ACCOUNT_ID,
      sourceArn: this.agentArn,
    });
  }
}

function actionGroup(tool: ActionTool, lambda: IFunction): CfnAgent.AgentActionGroupProperty {
  return {
    actionGroupName: tool.slug,
    description: tool.summary,
    actionGroupState: 'ENABLED',
    actionGroupExecutor: { lambda: lambda.functionArn },
    apiSchema: { payload: openApiSchema(tool) },
    skipResourceInUseCheckOnDelete: true,
  };
}

function checkProps(scope: Construct, props: SqlAgentProps): void {
  const check = new PropsCheck(scope)
    .text('agentName', props.agentName, { min: 1, max: 100, pattern: /^[0-9a-zA-Z][0-9a-zA-Z_-]*$/, form: 'letters, digits, - and _' })
    .text('instruction', props.instruction, { min: 40, max: 4000 })
    .seconds('session.idleTimeout', props.session?.idleTimeout, { min: 60, max: 5400 })
    .count('knowledge', props.knowledge, { min: 1, max: 2 });
  for (const knowledge of props.knowledge ?? []) check.text('knowledge[].description', knowledge.description, { min: 1, max: 200 });
  check.done();
}

