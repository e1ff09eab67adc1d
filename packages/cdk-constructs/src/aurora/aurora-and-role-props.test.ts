import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect } from 'vitest';
import { ReadOnlyAurora, ReadOnlyRole } from '../index.js';
import type { ReadOnlyAuroraProps } from '../index.js';
import { eachProp, existingDatabase, existingRole } from '../testing/each-prop.js';
import type { Found, PropCase } from '../testing/each-prop.js';

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000';
const isolated = ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'];
const withEgress = ['subnet-0123456789abcdef3', 'subnet-0123456789abcdef4'];
const givenVpc = (stack: Stack): IVpc => Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['a', 'b'], isolatedSubnetIds: isolated, isolatedSubnetRouteTableIds: ['rtb-1', 'rtb-2'], privateSubnetIds: withEgress, privateSubnetRouteTableIds: ['rtb-3', 'rtb-4'],
}) as IVpc;
const aurora = (props: ReadOnlyAuroraProps | ((stack: Stack) => ReadOnlyAuroraProps) = {}) => (stack: Stack): unknown => new ReadOnlyAurora(stack, 'Aurora', typeof props === 'function' ? props(stack) : props);
const cluster = (found: Found) => found.only('AWS::RDS::DBCluster');
const schedule = (found: Found) => found.only('AWS::SecretsManager::RotationSchedule').Properties?.['RotationRules'];

const clusters: readonly PropCase[] = [
  ['by default it does not sleep, and grows to four units', aurora(), (found) => { expect(cluster(found).Properties?.['ServerlessV2ScalingConfiguration']).toEqual({ MinCapacity: 0.5, MaxCapacity: 4 }); }],
  ['a least capacity of 0 lets it sleep after five minutes', aurora({ capacity: { min: 0 } }), (found) => { expect(cluster(found).Properties?.['ServerlessV2ScalingConfiguration']).toEqual({ MinCapacity: 0, MaxCapacity: 4, SecondsUntilAutoPause: 300 }); }],
  ['capacity and the time before it sleeps are those given', aurora({ capacity: { min: 0, max: 16, pauseAfter: Duration.hours(1) } }), (found) => { expect(cluster(found).Properties?.['ServerlessV2ScalingConfiguration']).toEqual({ MinCapacity: 0, MaxCapacity: 16, SecondsUntilAutoPause: 3600 }); }],
  ['engine, version and database name are those given', aurora({ engine: { dialect: 'postgresql', majorVersion: 16 }, engineVersion: '16.9', databaseName: 'shop' }), (found) => {
    expect(cluster(found).Properties).toMatchObject({ Engine: 'aurora-postgresql', EngineVersion: '16.9', DatabaseName: 'shop', EnableCloudwatchLogsExports: ['postgresql'] });
    expect(found.only('AWS::RDS::DBClusterParameterGroup').Properties).toMatchObject({ Family: 'aurora-postgresql16' });
  }],
  ['MySQL exports what failed, was audited or slow, and records who connected', aurora({ engine: { dialect: 'mysql' } }), (found) => {
    expect(cluster(found).Properties).toMatchObject({ Engine: 'aurora-mysql', EnableCloudwatchLogsExports: ['error', 'audit', 'slowquery'] });
    expect(found.only('AWS::RDS::DBClusterParameterGroup').Properties?.['Parameters']).toEqual({ require_secure_transport: 'ON', server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY_DDL' });
  }],
  ['exported logs are kept for a year, in groups that are there before the cluster', aurora({ engine: { dialect: 'mysql' } }), (found) => {
    const name = String(cluster(found).Properties?.['DBClusterIdentifier']);
    expect(name).toMatch(/^[a-z](-?[a-z0-9])*$/);
    expect(name.length).toBeLessThanOrEqual(63);
    for (const type of ['error', 'audit', 'slowquery']) {
      const group = found.only('AWS::Logs::LogGroup', `AuroraLogs${type}`);
      expect(group).toMatchObject({ DeletionPolicy: 'Delete', Properties: { LogGroupName: `/aws/rds/cluster/${name}/${type}`, RetentionInDays: 365 } });
      expect((cluster(found) as { readonly DependsOn?: readonly string[] }).DependsOn).toContainEqual(expect.stringContaining(`AuroraLogs${type}`));
    }
  }],
  ['exported logs are kept as given', aurora((stack) => ({ operation: { logs: { retention: RetentionDays.TWO_WEEKS, removalPolicy: RemovalPolicy.RETAIN, encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn) } } })), (found) => {
    expect(found.only('AWS::Logs::LogGroup', 'AuroraLogspostgresql')).toMatchObject({ DeletionPolicy: 'Retain', Properties: { RetentionInDays: 14, KmsKeyId: keyArn } });
  }],
  ['a new VPC has no way in or out, and a year of flow logs', aurora(), (found) => {
    for (const type of ['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::SecurityGroupIngress']) expect(found.all(type), type).toEqual([]);
    expect(found.only('AWS::EC2::FlowLog').Properties).toMatchObject({ TrafficType: 'ALL', ResourceType: 'VPC' });
    expect(found.only('AWS::Logs::LogGroup', 'AuroraNetworkFlowLogs')).toMatchObject({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: 365 } });
  }],
  ['flow logs are kept as given', aurora({ placement: { flowLogs: { retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.RETAIN } } }), (found) => { expect(found.only('AWS::Logs::LogGroup', 'AuroraNetworkFlowLogs')).toMatchObject({ DeletionPolicy: 'Retain', Properties: { RetentionInDays: 7 } }); }],
  ['flow logs can be turned off', aurora({ placement: { flowLogs: false } }), (found) => { expect(found.all('AWS::EC2::FlowLog')).toEqual([]); }],
  ['a given VPC is used, its isolated subnets first, and nothing is added to it', aurora((stack) => ({ placement: { vpc: givenVpc(stack) } })), (found) => {
    expect(found.only('AWS::RDS::DBSubnetGroup').Properties?.['SubnetIds']).toEqual(isolated);
    for (const type of ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::FlowLog', 'AWS::EC2::Route']) expect(found.all(type), type).toEqual([]);
  }],
  ['subnets are those given', aurora((stack) => ({ placement: { vpc: givenVpc(stack), subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS } } })), (found) => { expect(found.only('AWS::RDS::DBSubnetGroup').Properties?.['SubnetIds']).toEqual(withEgress); }],
  ['DESTROY takes the data along, without deletion protection', aurora({ protection: { removalPolicy: RemovalPolicy.DESTROY } }), (found) => { expect(cluster(found)).toMatchObject({ DeletionPolicy: 'Delete', Properties: { DeletionProtection: false } }); }],
  ['RETAIN keeps cluster and deletion protection', aurora({ protection: { removalPolicy: RemovalPolicy.RETAIN } }), (found) => { expect(cluster(found)).toMatchObject({ DeletionPolicy: 'Retain', Properties: { DeletionProtection: true } }); }],
  ['deletion protection can be left out', aurora({ protection: { deletionProtection: false } }), (found) => { expect(cluster(found)).toMatchObject({ DeletionPolicy: 'Snapshot', Properties: { DeletionProtection: false } }); }],
  ['backups are kept as long as given, else for a week', aurora({ protection: { backupRetention: Duration.days(30) } }), (found) => { expect(cluster(found).Properties).toMatchObject({ BackupRetentionPeriod: 30 }); }],
  ['backups of a week', aurora(), (found) => { expect(cluster(found).Properties).toMatchObject({ BackupRetentionPeriod: 7 }); }],
  ['a key encrypts storage, the admin secret and Performance Insights', aurora((stack) => ({ protection: { encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn) } })), (found) => {
    expect(cluster(found).Properties).toMatchObject({ KmsKeyId: keyArn });
    expect(found.only('AWS::SecretsManager::Secret').Properties).toMatchObject({ KmsKeyId: keyArn });
    expect(found.only('AWS::RDS::DBInstance').Properties).toMatchObject({ PerformanceInsightsKMSKeyId: keyArn });
  }],
  ['the admin secret is rotated each month, not at once', aurora(), (found) => {
    expect(schedule(found)).toEqual({ ScheduleExpression: 'rate(30 days)' });
    expect(found.only('AWS::SecretsManager::RotationSchedule').Properties).toMatchObject({ RotateImmediatelyOnUpdate: false });
  }],
  ['the admin secret is rotated as often as given', aurora({ protection: { rotateAdminSecret: Duration.days(7) } }), (found) => { expect(schedule(found)).toEqual({ ScheduleExpression: 'rate(7 days)' }); }],
  ['the rotation of the admin secret can be turned off', aurora({ protection: { rotateAdminSecret: false } }), (found) => { expect(found.all('AWS::SecretsManager::RotationSchedule')).toEqual([]); }],
  ['the instance is watched as closely as given', aurora({ operation: { monitoring: Duration.seconds(15) } }), (found) => { expect(found.only('AWS::RDS::DBInstance').Properties).toMatchObject({ MonitoringInterval: 15, MonitoringRoleArn: { 'Fn::GetAtt': [expect.stringContaining('Monitoring'), 'Arn'] } }); }],
  ['monitoring can be turned off, and then there is no role for it', aurora({ operation: { monitoring: false } }), (found) => {
    expect(found.only('AWS::RDS::DBInstance').Properties).not.toHaveProperty('MonitoringInterval');
    expect(JSON.stringify(found.all('AWS::IAM::Role'))).not.toContain('monitoring.rds');
  }],
];

describe('ReadOnlyAurora:', () => { eachProp(clusters); });

const specification = (found: Found): unknown => JSON.parse(String(found.only('Custom::AskAuroraReadOnlyRole').Properties?.['Specification']));

const roles: readonly PropCase[] = [
  ['by default: future tables, schemas that are made, refusal of what PUBLIC may, and a role that stays', existingRole, (found) => {
    expect(specification(found)).toEqual({
      dialect: 'postgresql', role: 'ask_read_only', database: 'orders', schemas: ['sales'], tableOwners: [], excludedRelations: [], futureTables: true, publicPrivileges: 'refuse', missingSchemas: 'create', tenancy: null,
      statementTimeoutMs: 30_000, connectionLimit: 50,
    });
    expect(found.only('Custom::AskAuroraReadOnlyRole').Properties).toMatchObject({ OnDelete: 'retain' });
    expect(schedule(found)).toEqual({ ScheduleExpression: 'rate(30 days)' });
  }],
  ['name, schemas, owners, exclusions and choices reach the function', (stack) => existingRole(stack, { roleName: 'reporter', schemas: ['sales', 'hr'], statementTimeout: Duration.seconds(5), grants: { tableOwners: ['migrator'], exclude: ['hr.salaries'], publicPrivileges: 'revoke', missingSchemas: 'fail' } }), (found) => {
    expect(specification(found)).toMatchObject({ role: 'reporter', schemas: ['sales', 'hr'], tableOwners: ['migrator'], excludedRelations: ['hr.salaries'], futureTables: false, publicPrivileges: 'revoke', missingSchemas: 'fail', statementTimeoutMs: 5000 });
    expect(found.only('AWS::SecretsManager::Secret').Properties).toMatchObject({ GenerateSecretString: { SecretStringTemplate: '{"username":"reporter"}', PasswordLength: 40 } });
  }],
  ['tenants: policies, setting and shared relations', (stack) => existingRole(stack, { tenancy: { setting: 'shop.tenant', policies: [{ relation: 'sales.orders', column: 'tenant_id' }], shared: ['sales.countries'] } }), (found) => {
    expect(specification(found)).toMatchObject({ futureTables: false, tenancy: { setting: 'shop.tenant', policies: [{ relation: 'sales.orders', column: 'tenant_id' }], shared: ['sales.countries'] } });
  }],
  ['DESTROY drops the role, another version grants again, and nothing rotates when told so', (stack) => existingRole(stack, { lifecycle: { removalPolicy: RemovalPolicy.DESTROY, grantsVersion: '2', rotate: false } }), (found) => {
    expect(found.only('Custom::AskAuroraReadOnlyRole').Properties).toMatchObject({ OnDelete: 'drop', GrantsVersion: '2' });
    expect(found.all('AWS::SecretsManager::RotationSchedule')).toEqual([]);
  }],
  ['a key encrypts its secret, and only the secret\'s readers may use it', (stack) => existingRole(stack, { lifecycle: { encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn) } }), (found) => { expect(found.only('AWS::SecretsManager::Secret').Properties).toMatchObject({ KmsKeyId: keyArn }); }],
  ['it is made only after the cluster and its instance, and rotated only after it is made', (stack) => new ReadOnlyAurora(stack, 'New').addReadOnlyRole('Role', { schemas: ['sales'] }), (found) => {
    expect([found.only('Custom::AskAuroraReadOnlyRole').DependsOn].flat()).toEqual(expect.arrayContaining([expect.stringMatching(/^NewCluster.*writer/)]));
    expect([found.only('AWS::SecretsManager::RotationSchedule', 'NewRole').DependsOn].flat()).toEqual(expect.arrayContaining([expect.stringMatching(/^NewRole[0-9A-F]{8}$/)]));
  }],
  ['a MySQL cluster that exists, by databases', (stack) => new ReadOnlyRole(stack, 'Role', { database: existingDatabase(stack, { dialect: 'mysql' }), schemas: ['shop'] }), (found) => { expect(specification(found)).toMatchObject({ dialect: 'mysql', schemas: ['shop'], tenancy: null }); }],
];

describe('ReadOnlyRole:', () => { eachProp(roles); });
