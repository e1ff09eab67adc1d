import { App, Stack } from 'aws-cdk-lib';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ReadOnlyAurora } from '../aurora/read-only-aurora.js';
import type { ReadOnlyRoleOptions } from '../read-only-role/read-only-role.js';
import { secretArns } from './aurora-like-database.js';
import { resolveIntrinsics } from './resolve-intrinsics.js';
import type { Template } from './synthesize.js';

export interface RoleEventOptions {
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly clusterArn: string;
  readonly role: ReadOnlyRoleOptions;
}

/** The event that CloudFormation would send for a `ReadOnlyRole` of these props: taken from its template, not written by hand. */
export function roleEvent({ type, clusterArn, role }: RoleEventOptions): Readonly<Record<string, unknown>> {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Roles');
  const database = ReadOnlyAurora.fromCluster(stack, 'Aurora', {
    cluster: DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: clusterArn.split(':').at(-1) ?? '', dataApiEnabled: true }),
    adminSecret: Secret.fromSecretCompleteArn(stack, 'Admin', secretArns.admin),
    databaseName: 'shop',
    engine: { dialect: 'postgresql', majorVersion: 17 },
  });
  database.addReadOnlyRole('Role', { ...role, lifecycle: { rotate: false, ...role.lifecycle } });
  const template = app.synth().getStackByName('Roles').template as Template;
  const resource = Object.values(template.Resources).find((each) => each.Type === 'Custom::AskAuroraReadOnlyRole');
  const properties = resolveIntrinsics(resource?.Properties, {
    account: '000000000000', region: 'us-east-1', ref: () => secretArns.role, attribute: (_logicalId, name) => name,
  });
  return { RequestType: type, PhysicalResourceId: 'existing', RequestId: 'request', StackId: 'stack', LogicalResourceId: 'Role', ResourceProperties: properties };
}
