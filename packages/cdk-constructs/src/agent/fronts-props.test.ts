import { Duration } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect } from 'vitest';
import { BedrockModel, SqlAgent, SqlGateway, SqlGuardrail } from '../index.js';
import type { SqlAgentProps, SqlGatewayProps, SqlGuardrailProps } from '../index.js';
import { eachProp, existingActions } from '../testing/each-prop.js';
import type { Found, PropCase } from '../testing/each-prop.js';

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000';
const model = BedrockModel.foundationModel('amazon.nova-lite-v1:0');

const guardrail = (props: SqlGuardrailProps | ((stack: Stack) => SqlGuardrailProps) = {}) => (stack: Stack): SqlGuardrail => new SqlGuardrail(stack, 'Guardrail', typeof props === 'function' ? props(stack) : props);
const definition = (found: Found) => found.only('AWS::Bedrock::Guardrail').Properties;

const guardrails: readonly PropCase[] = [
  ['by default it denies changes and prompt attacks, and leaves words and names alone', guardrail(), (found) => {
    expect(definition(found)).toMatchObject({ TopicPolicyConfig: { TopicsConfig: [{ Name: 'Changing-the-database', Type: 'DENY' }] }, ContentPolicyConfig: { FiltersConfig: [{ Type: 'PROMPT_ATTACK', InputStrength: 'HIGH', OutputStrength: 'NONE' }] } });
    for (const name of ['WordPolicyConfig', 'SensitiveInformationPolicyConfig', 'CrossRegionConfig', 'KmsKeyArn']) expect(definition(found), name).not.toHaveProperty(name);
  }],
  ['topics, words, strength, personal data, messages and key are those given', guardrail((stack) => ({
    deniedTopics: [{ name: 'Salaries', definition: 'What people earn.', examples: ['Who earns most?'] }], blockedWords: ['confidential'], promptAttack: 'LOW', personalData: [{ type: 'EMAIL', action: 'ANONYMIZE' }],
    messages: { blockedInput: 'No.', blockedOutput: 'Not that.' }, encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn),
  })), (found) => {
    expect(definition(found)).toMatchObject({
      TopicPolicyConfig: { TopicsConfig: [{ Name: 'Salaries', Definition: 'What people earn.', Examples: ['Who earns most?'] }] }, WordPolicyConfig: { WordsConfig: [{ Text: 'confidential' }] }, ContentPolicyConfig: { FiltersConfig: [{ InputStrength: 'LOW' }] },
      SensitiveInformationPolicyConfig: { PiiEntitiesConfig: [{ Type: 'EMAIL', Action: 'ANONYMIZE' }] }, BlockedInputMessaging: 'No.', BlockedOutputsMessaging: 'Not that.', KmsKeyArn: keyArn,
    });
  }],
  ['checks are spread over regions by the profile given', guardrail({ crossRegion: { profileId: 'us.guardrail.v1:0', regions: ['us-east-1'] } }), (found) => { expect(JSON.stringify(definition(found)?.['CrossRegionConfig'])).toContain('guardrail-profile/us.guardrail.v1:0'); }],
];

describe('SqlGuardrail:', () => { eachProp(guardrails); });

const agent = (props: (stack: Stack) => Partial<SqlAgentProps> = () => ({})) => (stack: Stack): SqlAgent => new SqlAgent(stack, 'Agent', { actions: existingActions(stack), model, ...props(stack) });
const agentOf = (found: Found) => found.only('AWS::Bedrock::Agent').Properties;

const agents: readonly PropCase[] = [
  ['two action groups, each with a function and a permission of its own', agent(), (found) => {
    const groups = agentOf(found)?.['ActionGroups'] as readonly { readonly ActionGroupName: string; readonly ActionGroupExecutor: { readonly Lambda: unknown } }[];
    expect(groups.map((group) => group.ActionGroupName)).toEqual(['generate-query', 'execute-query']);
    expect(new Set(groups.map((group) => JSON.stringify(group.ActionGroupExecutor.Lambda))).size).toBe(2);
    expect(agentOf(found)).toMatchObject({ AutoPrepare: true, IdleSessionTTLInSeconds: 600, FoundationModel: 'amazon.nova-lite-v1:0' });
    expect(agentOf(found)).not.toHaveProperty('GuardrailConfiguration');
  }],
  ['name, instruction, session, key, guardrail and knowledge are those given', agent((stack) => ({
    agentName: 'shop', instruction: 'Answer questions about orders, and about nothing else at all.', session: { idleTimeout: Duration.minutes(30), encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn) }, guardrail: new SqlGuardrail(stack, 'Guardrail'),
    knowledge: [{ knowledgeBaseId: 'KB1', knowledgeBaseArn: 'arn:aws:bedrock:us-east-1:111122223333:knowledge-base/KB1', description: 'Terms of the trade.' }],
  })), (found) => {
    expect(agentOf(found)).toMatchObject({
      AgentName: 'shop', Instruction: 'Answer questions about orders, and about nothing else at all.', IdleSessionTTLInSeconds: 1800, CustomerEncryptionKeyArn: keyArn,
      GuardrailConfiguration: { GuardrailVersion: { 'Fn::GetAtt': [expect.stringContaining('Version'), 'Version'] } }, KnowledgeBases: [{ KnowledgeBaseId: 'KB1', Description: 'Terms of the trade.' }],
    });
    expect(JSON.stringify(found.only('AWS::IAM::Policy', 'AgentRole').Properties)).toContain('bedrock:Retrieve');
  }],
  ['two agents share one pair of functions, and each is let in by itself', (stack) => {
    const actions = existingActions(stack);
    for (const id of ['One', 'Two']) new SqlAgent(stack, id, { actions, model });
  }, (found) => { expect(found.all('AWS::Lambda::Permission').filter((permission) => permission.Properties?.['Principal'] === 'bedrock.amazonaws.com')).toHaveLength(4); }],
];

describe('SqlAgent:', () => { eachProp(agents); });

const gateway = (props: (stack: Stack) => Partial<SqlGatewayProps> = () => ({})) => (stack: Stack): SqlGateway => new SqlGateway(stack, 'Gateway', { actions: existingActions(stack), ...props(stack) });
const gatewayOf = (found: Found) => found.only('AWS::BedrockAgentCore::Gateway').Properties;

const gateways: readonly PropCase[] = [
  ['by default IAM lets callers in, to two tools of two functions, and there is no harness', gateway(), (found) => {
    expect(gatewayOf(found)).toMatchObject({ AuthorizerType: 'AWS_IAM', ProtocolType: 'MCP' });
    expect(found.all('AWS::BedrockAgentCore::GatewayTarget').map((target) => target.Properties?.['Name'])).toEqual(['generate-query', 'execute-query']);
    expect(found.all('AWS::BedrockAgentCore::Harness')).toEqual([]);
  }],
  ['tokens of an issuer, name and key are those given', gateway((stack) => ({ gatewayName: 'shop', encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn), authorization: { discoveryUrl: 'https://a.example/.well-known/openid-configuration', allowedAudience: ['analysts'], allowedClients: ['app'] } })), (found) => {
    expect(gatewayOf(found)).toMatchObject({ Name: 'shop', KmsKeyArn: keyArn, AuthorizerType: 'CUSTOM_JWT', AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: 'https://a.example/.well-known/openid-configuration', AllowedAudience: ['analysts'], AllowedClients: ['app'] } } });
  }],
  ['a harness has the gateway as its one tool, and the bounds given', gateway(() => ({ harness: { model, instruction: 'Answer.', maxIterations: 3, timeout: Duration.seconds(30), maxTokens: 500 } })), (found) => {
    expect(found.only('AWS::BedrockAgentCore::Harness').Properties).toMatchObject({
      AllowedTools: ['@database/*'], Tools: [{ Type: 'agentcore_gateway', Name: 'database' }], MaxIterations: 3, TimeoutSeconds: 30, SystemPrompt: [{ Text: 'Answer.' }], Model: { BedrockModelConfig: { ModelId: 'amazon.nova-lite-v1:0', MaxTokens: 500 } },
    });
  }],
];

describe('SqlGateway:', () => { eachProp(gateways); });

/** Resources that the generating function may invoke, and under which condition, as the template has them. */
const invocable = (found: Found): readonly { readonly resources: readonly string[]; readonly condition: unknown }[] => {
  const { Statement } = found.only('AWS::IAM::Policy', 'ActionsGenerateQuery').Properties?.['PolicyDocument'] as { readonly Statement: readonly { readonly Action: string | readonly string[]; readonly Resource: unknown; readonly Condition?: unknown }[] };
  const flat = (arn: unknown): string => (typeof arn === 'string' ? arn : ((arn as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : `<${(part as { Ref: string }).Ref.replace('AWS::', '')}>`)).join('')));
  return Statement.filter((statement) => [statement.Action].flat().includes('bedrock:InvokeModel')).map((statement) => ({ resources: [statement.Resource].flat().map(flat), condition: statement.Condition ?? null }));
};

const models: readonly PropCase[] = [
  ['a foundation model is invoked in the region of the stack', (stack) => existingActions(stack), (found) => { expect(invocable(found)).toEqual([{ resources: ['arn:<Partition>:bedrock:<Region>::foundation-model/amazon.nova-lite-v1:0'], condition: null }]); }],
  ['a profile reaches the regions of its geography, and only through itself', (stack) => existingActions(stack, { model: BedrockModel.inferenceProfile('jp.amazon.nova-lite-v1:0') }), (found) => {
    const [profile, behind] = invocable(found);
    expect(profile).toEqual({ resources: ['arn:<Partition>:bedrock:<Region>:<AccountId>:inference-profile/jp.amazon.nova-lite-v1:0'], condition: null });
    expect(behind?.resources).toEqual(['ap-northeast-1', 'ap-northeast-3'].map((region) => `arn:<Partition>:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0`));
    expect(JSON.stringify(behind?.condition)).toContain('inference-profile/jp.amazon.nova-lite-v1:0');
  }],
  ['regions are those given, when AWS has more than this package knows', (stack) => existingActions(stack, { model: BedrockModel.inferenceProfile('mars.amazon.nova-lite-v1:0', { regions: ['mars-1'] }) }), (found) => { expect(invocable(found)[1]?.resources).toEqual(['arn:<Partition>:bedrock:mars-1::foundation-model/amazon.nova-lite-v1:0']); }],
  ['a global profile reaches the model without a region too, and only through itself', (stack) => existingActions(stack, { model: BedrockModel.inferenceProfile('global.amazon.nova-lite-v1:0') }), (found) => {
    expect(invocable(found)[1]?.resources).toEqual(['arn:<Partition>:bedrock:<Region>::foundation-model/amazon.nova-lite-v1:0', 'arn:<Partition>:bedrock:::foundation-model/amazon.nova-lite-v1:0']);
    expect(JSON.stringify(invocable(found)[1]?.condition)).toContain('inference-profile/global.');
  }],
  ['a profile of the account, by its ARN', (stack) => existingActions(stack, { model: BedrockModel.applicationInferenceProfile('arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc', { modelId: 'amazon.nova-lite-v1:0', regions: ['us-east-1'] }) }), (found) => {
    expect(invocable(found)[1]).toEqual({ resources: ['arn:<Partition>:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0'], condition: { StringEquals: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc' } } });
  }],
];

describe('BedrockModel:', () => { eachProp(models); });
