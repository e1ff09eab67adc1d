import { App } from 'aws-cdk-lib';
import { ExistingClusterStack } from './existing-cluster-stack.js';

const app = new App();

/** @throws Error when the context value is missing */
function required(name: string): string {
  const value: unknown = app.node.tryGetContext(name);
  if (typeof value !== 'string' || value === '') throw new Error(`Pass -c ${name}=...; see README.md.`);
  return value;
}

/** @throws Error for a version that the guard has no grammar of */
function postgresVersion(value: unknown): 16 | 17 | 18 {
  const version = ([16, 17, 18] as const).find((each) => String(each) === String(value));
  if (version === undefined) throw new Error(`Pass -c postgresVersion=16, 17 or 18; it is ${JSON.stringify(value)}.`);
  return version;
}

const list = (name: string, otherwise: string): readonly string[] => String(app.node.tryGetContext(name) ?? otherwise).split(',').filter((each) => each !== '');

new ExistingClusterStack(app, 'AskAuroraOnExistingCluster', {
  clusterIdentifier: required('clusterIdentifier'),
  adminSecretArn: required('adminSecretArn'),
  postgresVersion: postgresVersion(app.node.tryGetContext('postgresVersion') ?? '17'),
  databaseName: String(app.node.tryGetContext('databaseName') ?? 'postgres'),
  schemas: list('schemas', 'public'),
  network: { vpcId: required('vpcId'), availabilityZones: list('availabilityZones', 'us-east-1a,us-east-1b'), subnetIds: required('subnetIds').split(',') },
  modelId: String(app.node.tryGetContext('modelId') ?? 'us.anthropic.claude-sonnet-4-6'),
});
app.synth();
