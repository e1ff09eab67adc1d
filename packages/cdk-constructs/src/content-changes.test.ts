import { App, Stack } from 'aws-cdk-lib';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { describe, expect, test } from 'vitest';
import { ArtifactSource, BedrockModel, QueryActions, ReadOnlyAurora, ReadOnlyRole, SqlAgent, SqlGuardrail } from './index.js';
import type { SqlAgentProps, SqlGuardrailProps } from './index.js';

interface Change {
  readonly agent?: Partial<SqlAgentProps>;
  readonly guardrail?: SqlGuardrailProps;
  readonly rows?: number;
  readonly unrelated?: boolean;
}

/** The descriptions that make CloudFormation update the alias, and replace the guardrail's version. */
function descriptions({ agent = {}, guardrail = {}, rows = 10, unrelated = false }: Change): { readonly alias: unknown; readonly version: unknown } {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  if (unrelated) new Secret(stack, 'Unrelated');
  const database = ReadOnlyAurora.fromCluster(stack, 'Aurora', {
    cluster: DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: 'orders', dataApiEnabled: true }),
    adminSecret: Secret.fromSecretCompleteArn(stack, 'Admin', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf'),
    databaseName: 'orders', engine: { dialect: 'postgresql', majorVersion: 17 },
  });
  const model = BedrockModel.foundationModel('amazon.nova-lite-v1:0');
  const actions = new QueryActions(stack, 'Actions', { access: new ReadOnlyRole(stack, 'Role', { database, schemas: ['sales'] }), model, schema: ArtifactSource.inline({}), limits: { maxRows: rows } });
  new SqlAgent(stack, 'Agent', { actions, model, guardrail: new SqlGuardrail(stack, 'Guardrail', guardrail), ...agent });
  const resources = Object.values((app.synth().getStackByName('Stack').template as { Resources: Record<string, { Type: string; Properties: { Description?: unknown } }> }).Resources);
  const of = (type: string): unknown => resources.find((resource) => resource.Type === type)?.Properties.Description;
  return { alias: of('AWS::Bedrock::AgentAlias'), version: of('AWS::Bedrock::GuardrailVersion') };
}

const base = descriptions({});

describe('the alias follows the agent, and the version follows the guardrail:', () => {
  test.each<readonly [string, Change, { readonly alias: boolean; readonly version: boolean }]>([
    ['nothing', {}, { alias: false, version: false }],
    ['another resource of the stack', { unrelated: true }, { alias: false, version: false }],
    ["the functions' limits", { rows: 20 }, { alias: false, version: false }],
    ['the instruction', { agent: { instruction: 'Answer questions about orders, and about nothing else at all.' } }, { alias: true, version: false }],
    ['the model', { agent: { model: BedrockModel.foundationModel('amazon.nova-pro-v1:0') } }, { alias: true, version: false }],
    ['a filter of the guardrail', { guardrail: { promptAttack: 'LOW' } }, { alias: true, version: true }],
    ['a word of the guardrail', { guardrail: { blockedWords: ['drop'] } }, { alias: true, version: true }],
  ])('a change of %s', (_name, change, expected) => {
    const changed = descriptions(change);
    expect({ alias: changed.alias !== base.alias, version: changed.version !== base.version }).toEqual(expected);
    expect(changed.alias).toMatch(/^content [0-9a-f]{64}$/);
  });
});
