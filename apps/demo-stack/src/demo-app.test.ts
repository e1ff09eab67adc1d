import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { parseAgentFront } from './agent-front.js';
import type { AgentFront } from './agent-front.js';
import { createDemoApp } from './demo-app.js';
import { ExistingClusterStack } from './existing-cluster-stack.js';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly DeletionPolicy?: string; readonly UpdateReplacePolicy?: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;
  readonly Outputs: Readonly<Record<string, unknown>>;
}

const { context } = JSON.parse(readFileSync(fileURLToPath(new URL('../cdk.json', import.meta.url)), 'utf8')) as { readonly context: Record<string, unknown> };
const clusterContext = { ...context, '@aws-cdk/core:validateAgainstDefaultRules': true };

/** Throws when a validation finds anything, warnings of CloudFormation Validate and AwsSolutions included. */
function synthesize(app: App): Readonly<Record<string, Template>> {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const assembly = app.synth();
  let findings: readonly unknown[] = [];
  try {
    const report = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8')) as { readonly pluginReports?: readonly { readonly violations: readonly unknown[] }[] };
    findings = (report.pluginReports ?? []).flatMap((each) => each.violations);
  } catch {
    // No report is written when there is nothing to report.
  }
  expect(findings).toEqual([]);
  return Object.fromEntries(assembly.stacks.map((stack) => [stack.stackName, stack.template as Template]));
}

const demo = (front: AgentFront): Readonly<Record<string, Template>> =>
  synthesize(createDemoApp({ outdir: mkdtempSync(join(tmpdir(), 'ask-aurora-demo-')), context: { ...clusterContext, front }, analyticsReporting: false }));

describe('the demonstration', () => {
  test('with an agent of Bedrock Agents Classic: both stacks, clean, with the outputs that the command line reads', () => {
    const templates = demo('classic');
    expect(Object.keys(templates)).toEqual(['RDSAuroraStack', 'BedrockAgentStack']);
    expect(Object.keys(templates['RDSAuroraStack']?.Outputs ?? {})).toEqual(expect.arrayContaining(['ClusterArn', 'DatabaseName', 'ReadOnlySecretArn', 'AdminSecretArn']));
    expect(Object.keys(templates['BedrockAgentStack']?.Outputs ?? {})).toEqual(expect.arrayContaining(['ClusterArn', 'DatabaseName', 'ReadOnlySecretArn', 'GenerateQueryFunctionName', 'ExecuteQueryFunctionName', 'Front', 'AgentId', 'AgentAliasId']));
    expect(JSON.stringify(templates['BedrockAgentStack'])).not.toContain('AdminSecret');
  });

  test('with an AgentCore Gateway and its harness', () => {
    const templates = demo('agentcore');
    const types = Object.values(templates['BedrockAgentStack']?.Resources ?? {}).map((resource) => resource.Type);
    expect(types).toEqual(expect.arrayContaining(['AWS::BedrockAgentCore::Gateway', 'AWS::BedrockAgentCore::GatewayTarget', 'AWS::BedrockAgentCore::Harness']));
    expect(types).not.toContain('AWS::Bedrock::Agent');
    expect(Object.keys(templates['BedrockAgentStack']?.Outputs ?? {})).toEqual(expect.arrayContaining(['GatewayUrl', 'GatewayArn', 'HarnessArn']));
  });

  test('leaves no resource behind when it is destroyed, but a version of the guardrail, which Bedrock deletes with the guardrail', () => {
    const resources = Object.values(demo('classic')).flatMap((template) => Object.entries(template.Resources));
    const kept = resources.filter(([, resource]) => resource.DeletionPolicy === 'Retain' || resource.DeletionPolicy === 'Snapshot');
    expect(kept.map(([, resource]) => resource.Type)).toEqual(['AWS::Bedrock::GuardrailVersion']);
    const stores = resources.filter(([, resource]) => ['AWS::S3::Bucket', 'AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret'].includes(resource.Type));
    expect(stores.length).toBeGreaterThan(5);
    for (const [id, resource] of stores) expect(resource.DeletionPolicy, id).toBe('Delete');
    const cluster = resources.find(([, resource]) => resource.Type === 'AWS::RDS::DBCluster')?.[1];
    expect(cluster).toMatchObject({ DeletionPolicy: 'Delete', Properties: { DeletionProtection: false } });
    const buckets = resources.filter(([, resource]) => resource.Type === 'AWS::S3::Bucket');
    expect(resources.filter(([, resource]) => resource.Type === 'Custom::S3AutoDeleteObjects')).toHaveLength(buckets.length);
  });

  test('does not take a front that there is none of', () => {
    expect(() => parseAgentFront('clasic')).toThrow(/classic, agentcore, none/);
  });
});

test('the example beside an existing cluster and VPC adds a role and the agent, and no cluster or network', () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'ask-aurora-existing-')), context: clusterContext, analyticsReporting: false });
  new ExistingClusterStack(app, 'Existing', {
    clusterIdentifier: 'orders', adminSecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-admin-AbCdEf', databaseName: 'orders', postgresVersion: 16, schemas: ['sales'],
    network: { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-east-1a', 'us-east-1b'], subnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'] },
    modelId: 'us.anthropic.claude-sonnet-4-6',
  });
  const types = Object.values(synthesize(app)['Existing']?.Resources ?? {}).map((resource) => resource.Type);
  expect(types).toEqual(expect.arrayContaining(['Custom::AskAuroraReadOnlyRole', 'AWS::BedrockAgentCore::Gateway', 'AWS::Scheduler::Schedule', 'AWS::CloudTrail::Trail']));
  expect(types.filter((type) => /^AWS::(RDS::|EC2::(VPC|Subnet|InternetGateway|NatGateway))/.test(type))).toEqual([]);
});
