import { App, Stack } from 'aws-cdk-lib';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ReadOnlyAurora } from '../aurora/read-only-aurora.js';
import type { ExistingAurora } from '../aurora/existing-aurora.js';
import { secretArns } from './aurora-like-database.js';
import { resolveIntrinsics } from './resolve-intrinsics.js';
import type { Template, TemplateResource } from './synthesize.js';

/** What a template gives its functions and custom resources, filled in as a deployment on the local servers would. */
export interface DeployedStack {
  /** Of the one function whose logical id begins so. */
  environment(prefix: string): Readonly<Record<string, string>>;
  /** Of the one custom resource of a type. */
  properties(type: string): Readonly<Record<string, unknown>>;
}

/** So that a handler is tested with what its construct writes, and not with what a test's author remembers of it. */
export function deployStack(clusterArn: string, build: (stack: Stack, database: ExistingAurora) => unknown): DeployedStack {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Deployed');
  build(stack, ReadOnlyAurora.fromCluster(stack, 'Aurora', {
    cluster: DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: clusterArn.split(':').at(-1) ?? '', dataApiEnabled: true }),
    adminSecret: Secret.fromSecretCompleteArn(stack, 'Admin', secretArns.admin),
    databaseName: 'shop',
    engine: { dialect: 'postgresql', majorVersion: 17 },
  }));
  const template = app.synth().getStackByName('Deployed').template as Template;
  const only = (type: string, prefix: string): TemplateResource => {
    const found = Object.entries(template.Resources).filter(([id, resource]) => resource.Type === type && id.startsWith(prefix));
    if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${type} begin with ${JSON.stringify(prefix)}.`);
    return found[0][1];
  };
  // The only secret that such a stack makes is the role's.
  const fill = (value: unknown): unknown => resolveIntrinsics(value, { account: '000000000000', region: 'us-east-1', ref: () => secretArns.role, attribute: (_logicalId, name) => name });
  return {
    environment: (prefix) => (fill(only('AWS::Lambda::Function', prefix).Properties?.['Environment']) as { readonly Variables: Readonly<Record<string, string>> }).Variables,
    properties: (type) => fill(only(type, '').Properties) as Readonly<Record<string, unknown>>,
  };
}
