import { ArnFormat, Aws, Names, Stack } from 'aws-cdk-lib';
import { CfnGatewayTarget, Gateway, GatewayAuthorizer, GatewayProtocol } from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { PropsCheck } from '../props/props-check.js';
import { executeQueryTool, generateQueryTool } from '../query-actions/action-tools.js';
import type { ActionTool } from '../query-actions/action-tools.js';
import type { QueryActions } from '../query-actions/query-actions.js';
import { acknowledge } from '../validation/acknowledge.js';
import { SqlHarness } from './sql-harness.js';
import type { SqlHarnessOptions } from './sql-harness.js';

/** Tokens of an OpenID Connect issuer; at least one of audience and clients, else every token of the issuer would do. */
export interface GatewayTokens {
  /** Ends in `/.well-known/openid-configuration`. */
  readonly discoveryUrl: string;
  readonly allowedAudience?: readonly string[];
  readonly allowedClients?: readonly string[];
}

export interface SqlGatewayProps {
  readonly actions: QueryActions;
  /** Who may call. @default IAM, by `grantInvoke` */
  readonly authorization?: 'iam' | GatewayTokens;
  /** An agent that AWS runs, with the gateway as its one tool. @default none: your agent or MCP client calls the gateway */
  readonly harness?: SqlHarnessOptions;
  /** Encrypts the gateway's configuration. @default a key of AWS */
  readonly encryptionKey?: IKey;
  /** Up to 48 letters, digits and `-`. @default derived from the construct's path */
  readonly gatewayName?: string;
}

/**
 * An AgentCore Gateway that serves the two actions as MCP tools, each a target of its own function.
 *
 * A gateway passes nothing of its caller on to a function, so with tenants each tenant has a gateway of its own, or
 * none: see the limits in the README.
 */
export class SqlGateway extends Construct {
  readonly gateway: Gateway;
  readonly gatewayUrl: string;
  readonly gatewayArn: string;
  readonly harness: SqlHarness | undefined;

  constructor(scope: Construct, id: string, props: SqlGatewayProps) {
    super(scope, id);
    checkProps(this, props);
    const name = props.gatewayName ?? Names.uniqueResourceName(this, { maxLength: 48, separator: '-' }).toLowerCase();
    const role = this.#createRole(props.actions);
    this.gateway = new Gateway(this, 'Gateway', {
      gatewayName: name,
      description: 'Guarded, read-only questions to a database',
      protocolConfiguration: GatewayProtocol.mcp({ instructions: 'Call generate_query with the question, then execute_query with its statement and parameters unchanged.' }),
      authorizerConfiguration: authorizer(props.authorization),
      role,
      ...(props.encryptionKey === undefined ? {} : { kmsKey: props.encryptionKey }),
    });
    if (props.encryptionKey !== undefined) {
      for (const action of ['kms:GenerateDataKey*', 'kms:ReEncrypt*']) acknowledge(role, `AwsSolutions-IAM5[Action::${action}]`, 'Granted by the CDK for the one key of this gateway.');
    }
    this.gatewayArn = this.gateway.gatewayArn;
    this.gatewayUrl = this.gateway.gatewayUrl ?? '';
    for (const [tool, lambda] of [[generateQueryTool, props.actions.generateQuery], [executeQueryTool, props.actions.executeQuery]] as const) {
      const target = new CfnGatewayTarget(this, `Target-${tool.slug}`, {
        gatewayIdentifier: this.gateway.gatewayId,
        name: tool.slug,
        description: tool.summary,
        targetConfiguration: { mcp: { lambda: { lambdaArn: lambda.functionArn, toolSchema: { inlinePayload: [toolDefinition(tool)] } } } },
        credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' }],
      });
      // The gateway checks its role when a target is made.
      target.node.addDependency(role);
    }
    if (props.harness !== undefined) this.harness = new SqlHarness(this, 'Harness', { ...props.harness, gateway: this });
  }

  /** Leave to call the tools, for a gateway with IAM authorization. */
  grantInvoke(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['bedrock-agentcore:InvokeGateway'], resourceArns: [this.gatewayArn] });
  }

  metricInvocations(options?: MetricOptions): Metric {
    return this.gateway.metricInvocations(options);
  }

  metricLatency(options?: MetricOptions): Metric {
    return this.gateway.metricLatency(options);
  }

  #createRole(actions: QueryActions): Role {
    const stack = Stack.of(this);
    const gateways = stack.formatArn({ service: 'bedrock-agentcore', resource: 'gateway', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    const role = new Role(this, 'Role', {
      description: 'What the gateway calls its functions as',
      assumedBy: new ServicePrincipal('bedrock-agentcore.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ArnLike: { 'aws:SourceArn': gateways } } }),
    });
    const functions: readonly IFunction[] = [actions.generateQuery, actions.executeQuery];
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: functions.map((lambda) => lambda.functionArn) }));
    return role;
  }
}

function authorizer(authorization: SqlGatewayProps['authorization'] = 'iam'): ReturnType<typeof GatewayAuthorizer.usingAwsIam> {
  if (authorization === 'iam') return GatewayAuthorizer.usingAwsIam();
  return GatewayAuthorizer.usingCustomJwt({
    discoveryUrl: authorization.discoveryUrl,
    ...(authorization.allowedAudience === undefined ? {} : { allowedAudience: [...authorization.allowedAudience] }),
    ...(authorization.allowedClients === undefined ? {} : { allowedClients: [...authorization.allowedClients] }),
  });
}

function toolDefinition(tool: ActionTool): CfnGatewayTarget.ToolDefinitionProperty {
  return {
    name: tool.name,
    description: tool.description,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(tool.parameters.map(({ name, type, description }) => [name, { type, description }])),
      required: tool.parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    },
  };
}

function checkProps(scope: Construct, props: SqlGatewayProps): void {
  const check = new PropsCheck(scope).text('gatewayName', props.gatewayName, { min: 1, max: 48, pattern: /^([0-9a-zA-Z]-?)+$/, form: 'letters and digits, with single dashes between them' });
  if (typeof props.authorization === 'object') {
    const { allowedAudience = [], allowedClients = [], discoveryUrl } = props.authorization;
    check
      .require(allowedAudience.length + allowedClients.length > 0, 'authorization needs allowedAudience or allowedClients: without, every token of the issuer is let in')
      .text('authorization.discoveryUrl', discoveryUrl, { min: 1, max: 2048, pattern: /^https:\/\/.+\/\.well-known\/openid-configuration$/, form: 'https://.../.well-known/openid-configuration' })
      .require(props.harness === undefined, 'a harness calls the gateway with IAM; leave authorization at iam');
  }
  check.done();
}
