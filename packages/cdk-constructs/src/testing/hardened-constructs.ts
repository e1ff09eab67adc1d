import { Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AuditTrail, BedrockModel, QueryActions, ReadOnlyAurora, ScheduledIntrospection, SchemaKnowledgeBase, SqlAgent, SqlGateway, SqlGuardrail } from '../index.js';
import type { FunctionNetwork, LogSettings } from '../index.js';
import { existingVpc } from './existing-vpc.js';

interface Company {
  readonly key: Key;
  readonly network: FunctionNetwork;
  readonly logs: LogSettings;
  readonly logArchive: IBucket;
  readonly onCall: Topic;
}

/**
 * Every construct as a company with strict rules would have it: one key for all that is kept, every function in its
 * subnets, logs for a year, its own log archive. Each is there twice, in one stack.
 */
export function buildHardenedConstructs(app: App): void {
  const stack = new Stack(app, 'Hardened');
  const vpc = existingVpc(stack);
  const key = companyKey(stack);
  const company: Company = {
    key,
    network: { vpc, subnets: { subnets: vpc.privateSubnets }, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Functions', 'sg-0123456789abcdef0')] },
    logs: { encryptionKey: key, retention: RetentionDays.ONE_YEAR },
    logArchive: Bucket.fromBucketName(stack, 'LogArchive', 'company-log-archive') as IBucket,
    onCall: new Topic(stack, 'OnCall', { masterKey: key, enforceSSL: true }),
  };
  for (const id of ['First', 'Second']) buildOnce(new Construct(stack, id), company);
}

function buildOnce(scope: Construct, { key, network, logs, logArchive, onCall }: Company): void {
  const operation = { logs, network };
  const aurora = new ReadOnlyAurora(scope, 'Aurora', { placement: { vpc: network.vpc }, protection: { encryptionKey: key }, operation });
  const role = aurora.addReadOnlyRole('Role', { schemas: ['sales'], lifecycle: { encryptionKey: key, ...operation } });
  const introspection = new ScheduledIntrospection(scope, 'Introspection', { access: role, schemas: ['sales'], storage: { documentPrefix: 'documents/', encryptionKey: key }, operation: { ...operation, runOnDeployment: false } });
  const inS3 = new SchemaKnowledgeBase(scope, 'InS3', { introspection, encryptionKey: key, operation });
  new SchemaKnowledgeBase(scope, 'InAurora', { introspection, vectors: { database: aurora, encryptionKey: key }, operation });
  const model = BedrockModel.inferenceProfile('us.anthropic.claude-sonnet-4-6', { prices: { inputPerMillion: 3, outputPerMillion: 15 } });
  const guardrail = new SqlGuardrail(scope, 'Guardrail', { encryptionKey: key });
  const actions = new QueryActions(scope, 'Actions', {
    access: role, model, schema: introspection.artifact, generation: { guardrail }, cache: { encryptionKey: key, pointInTimeRecovery: true }, functions: { network, encryptionKey: key }, observability: { logs },
  });
  new SqlAgent(scope, 'Agent', { actions, model, guardrail, knowledge: [inS3], session: { encryptionKey: key } });
  new SqlGateway(scope, 'Gateway', { actions, harness: { model }, encryptionKey: key });
  new AuditTrail(scope, 'Audit', { actions, encryptionKey: key, dataEvents: { bucket: logArchive, logs }, alarms: { actions: [new SnsAction(onCall)] } });
}

/** With the statement that companies add: grants on the key are for AWS services alone. */
function companyKey(stack: Stack): Key {
  const key = new Key(stack, 'Key', { enableKeyRotation: true });
  key.addToResourcePolicy(new PolicyStatement({
    effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ['kms:CreateGrant'], resources: ['*'],
    conditions: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
  }));
  return key;
}
