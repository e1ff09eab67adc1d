import { ArnFormat, Aws, CfnResource, Duration, Names, Stack } from 'aws-cdk-lib';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { defaultAgentInstruction } from '../agent/agent-instruction.js';
import type { BedrockModel } from '../model-access/bedrock-model.js';
import { PropsCheck } from '../props/props-check.js';
import type { SqlGateway } from './sql-gateway.js';

export interface SqlHarnessOptions {
  /** The model that plans and answers. */
  readonly model: BedrockModel;
  /** @default the instruction that goes with the two actions */
  readonly instruction?: string;
  /** Steps of one answer, 1 to 100. @default 10 */
  readonly maxIterations?: number;
  /** Time of one answer. @default 2 minutes */
  readonly timeout?: Duration;
  /** Tokens the model may write in a step. @default 2,000 */
  readonly maxTokens?: number;
}

export interface SqlHarnessProps extends SqlHarnessOptions {
  readonly gateway: SqlGateway;
}

/** The name under which the agent knows the gateway. */
const gatewayTool = 'database';

/**
 * An agent that AgentCore runs. Its list of tools is closed: without one, a harness also has tools of its own, a shell
 * and a file system among them.
 */
export class SqlHarness extends Construct {
  readonly harnessArn: string;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: SqlHarnessProps) {
    super(scope, id);
    new PropsCheck(this)
      .integer('harness.maxIterations', props.maxIterations, { min: 1, max: 100 })
      .integer('harness.maxTokens', props.maxTokens, { min: 1, max: 100_000 })
      .seconds('harness.timeout', props.timeout, { min: 1, max: 3600 })
      .text('harness.instruction', props.instruction, { min: 1, max: 20_000 })
      .done();
    this.role = this.#createRole(props);
    // By its type's name, as the oldest CDK that this package takes has no class for it yet.
    const harness = new CfnResource(this, 'Harness', {
      type: 'AWS::BedrockAgentCore::Harness',
      properties: {
        HarnessName: Names.uniqueResourceName(this, { maxLength: 40, separator: '_' }),
        ExecutionRoleArn: this.role.roleArn,
        Model: { BedrockModelConfig: { ModelId: props.model.invocationId, MaxTokens: props.maxTokens ?? 2000, Temperature: 0 } },
        SystemPrompt: [{ Text: props.instruction ?? defaultAgentInstruction }],
        Tools: [{ Type: 'agentcore_gateway', Name: gatewayTool, Config: { AgentCoreGateway: { GatewayArn: props.gateway.gatewayArn, OutboundAuth: { AwsIam: {} } } } }],
        AllowedTools: [`@${gatewayTool}/*`],
        MaxIterations: props.maxIterations ?? 10,
        TimeoutSeconds: (props.timeout ?? Duration.minutes(2)).toSeconds(),
      },
    });
    harness.node.addDependency(this.role);
    this.harnessArn = harness.getAtt('Arn').toString();
  }

  /** Leave to ask the agent. AgentCore checks the runtime's action on the harness as well as the harness's own. */
  grantInvoke(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['bedrock-agentcore:InvokeHarness', 'bedrock-agentcore:InvokeAgentRuntime'], resourceArns: [this.harnessArn] });
  }

  #createRole(props: SqlHarnessProps): Role {
    const harnesses = Stack.of(this).formatArn({ service: 'bedrock-agentcore', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
    const role = new Role(this, 'Role', {
      description: 'What the agent acts as',
      assumedBy: new ServicePrincipal('bedrock-agentcore.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ArnLike: { 'aws:SourceArn': harnesses } } }),
    });
    for (const statement of props.model.invokeStatements(this)) role.addToPolicy(statement);
    props.gateway.grantInvoke(role);
    return role;
  }
}
