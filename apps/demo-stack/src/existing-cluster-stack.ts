import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AuditTrail, QueryActions, ReadOnlyAurora, ScheduledIntrospection, SqlGateway, accessOutputs, actionOutputs, gatewayOutputs } from '@ask-aurora/cdk-constructs';
import type { Construct } from 'constructs';
import { bedrockModel } from './bedrock-model.js';

export interface ExistingClusterStackProps extends StackProps {
  /** Its Data API must be on: nothing here can turn it on. */
  readonly clusterIdentifier: string;
  /** Of a user who may create roles and grant on the tables. */
  readonly adminSecretArn: string;
  readonly databaseName: string;
  /** Of the cluster: statements are read with the grammar of that version. */
  readonly postgresVersion: 16 | 17 | 18;
  readonly schemas: readonly string[];
  /** Where the functions run; the subnets need a way to the Data API, Secrets Manager, Bedrock and S3. */
  readonly network: { readonly vpcId: string; readonly availabilityZones: readonly string[]; readonly subnetIds: readonly string[] };
  readonly modelId: string;
}

/**
 * The agent beside a cluster and in a VPC that are there already. The stack adds a role to the database and changes
 * nothing else of it; the schema is read by a schedule, as nobody has written an artifact for it yet.
 */
export class ExistingClusterStack extends Stack {
  constructor(scope: Construct, id: string, props: ExistingClusterStackProps) {
    const { clusterIdentifier, adminSecretArn, databaseName, postgresVersion, schemas, network, modelId, ...stackProps } = props;
    super(scope, id, { description: 'Ask Aurora beside an existing cluster', ...stackProps });
    const database = ReadOnlyAurora.fromCluster(this, 'Database', {
      cluster: DatabaseCluster.fromDatabaseClusterAttributes(this, 'Cluster', { clusterIdentifier, dataApiEnabled: true }),
      adminSecret: Secret.fromSecretCompleteArn(this, 'AdminSecret', adminSecretArn),
      databaseName,
      engine: { dialect: 'postgresql', majorVersion: postgresVersion },
    });
    const role = database.addReadOnlyRole('ReadOnlyRole', { schemas, grants: { missingSchemas: 'fail' } });
    const introspection = new ScheduledIntrospection(this, 'Schema', { access: role, schemas });
    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: network.vpcId, availabilityZones: [...network.availabilityZones], privateSubnetIds: [...network.subnetIds],
    });
    Annotations.of(vpc).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId', 'No route is added to these subnets.');
    const actions = new QueryActions(this, 'Actions', {
      access: role, schema: introspection.artifact, model: bedrockModel(modelId), functions: { network: { vpc, subnets: { subnets: vpc.privateSubnets } } },
    });
    const gateway = new SqlGateway(this, 'Gateway', { actions });
    new AuditTrail(this, 'Audit', { actions });
    for (const [key, value] of Object.entries({ ...accessOutputs(role), ...actionOutputs(actions), ...gatewayOutputs(gateway) })) new CfnOutput(this, key, { value });
  }
}
