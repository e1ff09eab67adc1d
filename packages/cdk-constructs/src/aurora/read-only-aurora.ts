import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { ClusterInstance, Credentials, DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import { CdkConstructsError } from '../errors/cdk-constructs-error.js';
import type { FunctionNetwork } from '../functions/function-network.js';
import type { LogSettings } from '../logging/retained-log-group.js';
import { PropsCheck } from '../props/props-check.js';
import { ReadOnlyRole } from '../read-only-role/read-only-role.js';
import type { ReadOnlyRoleOptions } from '../read-only-role/read-only-role.js';
import { acknowledge } from '../validation/acknowledge.js';
import { SecretRotation } from '../secret-rotation/secret-rotation.js';
import type { AuroraDatabase, AuroraEngine } from './aurora-database.js';
import { clusterEngine } from './cluster-engine.js';
import { clusterParameters } from './cluster-parameters.js';
import { ExistingAurora } from './existing-aurora.js';
import type { ExistingAuroraProps } from './existing-aurora.js';
import { ExportedLogs } from './exported-logs.js';
import { IsolatedNetwork } from './isolated-network.js';
import { monitoringRole } from './monitoring-role.js';

/** How much the cluster may grow, and whether it may sleep. One capacity unit is about 2 GiB of memory. */
export interface AuroraCapacity {
  /** Aurora capacity units, in halves; 0 lets the cluster pause when idle. @default 0.5 */
  readonly min?: number;
  /** Aurora capacity units, in halves. @default 4 */
  readonly max?: number;
  /** Idle time before a cluster of `min: 0` pauses, 5 minutes to 24 hours. Resuming takes about 15 seconds. @default 5 minutes */
  readonly pauseAfter?: Duration;
}

export interface AuroraPlacement {
  /** @default a new VPC without internet access */
  readonly vpc?: IVpc;
  /** @default the isolated subnets */
  readonly subnets?: SubnetSelection;
  /** Flow logs of the new VPC; `false` turns them off. @default kept for one year */
  readonly flowLogs?: LogSettings | false;
}

export interface AuroraProtection {
  /** What happens to the data when the stack is deleted. @default SNAPSHOT */
  readonly removalPolicy?: RemovalPolicy;
  /** @default true, unless the removal policy is DESTROY */
  readonly deletionProtection?: boolean;
  /** 1 to 35 days. @default 7 days */
  readonly backupRetention?: Duration;
  /** Storage, the admin's secret and Performance Insights. Log groups take theirs by `operation.logs` and `placement.flowLogs`. @default the AWS managed keys */
  readonly encryptionKey?: IKey;
  /** How often the admin user's password changes; `false` never. @default 30 days */
  readonly rotateAdminSecret?: Duration | false;
}

/** What watches the cluster, and what works on it. */
export interface AuroraOperation {
  /** How often the operating system's metrics are recorded: 1, 5, 10, 15, 30 or 60 seconds; `false` never. They are logs by the gigabyte. @default 60 seconds */
  readonly monitoring?: Duration | false;
  /** Of the logs that the database exports, and of the function that rotates the admin secret. */
  readonly logs?: LogSettings;
  /** Where the function that rotates the admin secret runs. @default none: it needs no VPC */
  readonly network?: FunctionNetwork;
}

export interface ReadOnlyAuroraProps {
  /** @default Aurora PostgreSQL 17 */
  readonly engine?: AuroraEngine;
  /** The full version, for example `17.9` or `8.0.mysql_aurora.3.10.4`. @default one known to take the Data API */
  readonly engineVersion?: string;
  /** @default app */
  readonly databaseName?: string;
  readonly capacity?: AuroraCapacity;
  readonly placement?: AuroraPlacement;
  readonly protection?: AuroraProtection;
  readonly operation?: AuroraOperation;
}

/**
 * An Aurora Serverless v2 cluster with its Data API on and nothing else open: encrypted at rest and on every connection,
 * in subnets without internet, with a generated and rotated admin secret, backups, monitoring and exported logs.
 *
 * The cluster itself takes writes, from its admin; what makes the agent's way read-only is the role that
 * `addReadOnlyRole` makes, the only credentials that the agent's functions get.
 *
 * The cluster is named after its path, so that its log groups can be made before it. A change that would replace it
 * fails at deployment, as two clusters can't have one name; nothing is lost.
 */
export class ReadOnlyAurora extends Construct implements AuroraDatabase {
  readonly cluster: DatabaseCluster;
  readonly clusterArn: string;
  readonly adminSecret: ISecret;
  readonly databaseName: string;
  readonly engine: AuroraEngine;
  readonly ready: readonly IDependable[];
  /** Undefined when `protection.rotateAdminSecret` is false. */
  readonly adminRotation: SecretRotation | undefined;

  /**
   * A database of a cluster that exists already, in this app or outside it.
   *
   * @throws CdkConstructsError `data-api-disabled` when the cluster is of this app and its Data API is off
   */
  static fromCluster(scope: Construct, id: string, props: ExistingAuroraProps): ExistingAurora {
    return new ExistingAurora(scope, id, props);
  }

  constructor(scope: Construct, id: string, props: ReadOnlyAuroraProps = {}) {
    super(scope, id);
    const { capacity = {}, placement = {}, protection = {}, operation = {} } = props;
    this.engine = props.engine ?? { dialect: 'postgresql', majorVersion: 17 };
    this.databaseName = props.databaseName ?? 'app';
    checkProps(this, props, this.databaseName);

    const removalPolicy = protection.removalPolicy ?? RemovalPolicy.SNAPSHOT;
    const deletionProtection = protection.deletionProtection ?? removalPolicy !== RemovalPolicy.DESTROY;
    const key = protection.encryptionKey;
    const minCapacity = capacity.min ?? 0.5;
    const logs = new ExportedLogs(this, 'Logs', this.engine, operation.logs);

    this.cluster = new DatabaseCluster(this, 'Cluster', {
      clusterIdentifier: logs.clusterIdentifier,
      engine: clusterEngine(this.engine, props.engineVersion),
      writer: ClusterInstance.serverlessV2('writer', {
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        enablePerformanceInsights: true,
        ...(key === undefined ? {} : { performanceInsightEncryptionKey: key }),
      }),
      enablePerformanceInsights: true,
      ...(key === undefined ? {} : { performanceInsightEncryptionKey: key }),
      serverlessV2MinCapacity: minCapacity,
      serverlessV2MaxCapacity: capacity.max ?? 4,
      ...(minCapacity === 0 || capacity.pauseAfter !== undefined ? { serverlessV2AutoPauseDuration: capacity.pauseAfter ?? Duration.minutes(5) } : {}),
      ...this.#network(placement),
      defaultDatabaseName: this.databaseName,
      enableDataApi: true,
      iamAuthentication: true,
      storageEncrypted: true,
      copyTagsToSnapshot: true,
      credentials: Credentials.fromGeneratedSecret('ask_admin', key === undefined ? {} : { encryptionKey: key }),
      backup: { retention: protection.backupRetention ?? Duration.days(7) },
      parameters: clusterParameters(this.engine),
      ...(operation.monitoring === false ? {} : { monitoringInterval: operation.monitoring ?? Duration.seconds(60), monitoringRole: monitoringRole(this, 'Monitoring') }),
      cloudwatchLogsExports: [...logs.types],
      removalPolicy,
      deletionProtection,
      ...(key === undefined ? {} : { storageEncryptionKey: key }),
    });
    this.cluster.node.addDependency(...logs.groups);
    this.clusterArn = this.cluster.clusterArn;
    this.adminSecret = requireSecret(this.cluster);
    this.ready = [this.cluster];
    if (protection.rotateAdminSecret === false) {
      acknowledge(this.cluster, 'AwsSolutions-SMG4', 'Rotation was turned off by the props.');
    } else {
      this.adminRotation = new SecretRotation(this, 'AdminRotation', {
        database: this, secret: this.adminSecret, every: protection.rotateAdminSecret ?? Duration.days(30),
        ...(operation.logs === undefined ? {} : { logs: operation.logs }),
        ...(operation.network === undefined ? {} : { network: operation.network }),
      });
    }
    if (this.engine.dialect === 'mysql') {
      acknowledge(this.cluster, 'AwsSolutions-RDS11', 'No security group lets anybody in, whatever the port; the way in is the Data API.');
      acknowledge(this.cluster, 'AwsSolutions-RDS14', 'The cluster is restored from its backups; the agent cannot change what would have to be tracked back.');
    }
  }

  /** The role that the agent's functions log in with. */
  addReadOnlyRole(id: string, options: ReadOnlyRoleOptions): ReadOnlyRole {
    return new ReadOnlyRole(this, id, { ...options, database: this });
  }

  /** Capacity units in use, on average over five minutes. */
  metricCapacity(options?: MetricOptions): Metric {
    return this.cluster.metric('ServerlessDatabaseCapacity', { statistic: 'Average', ...options });
  }

  #network(placement: AuroraPlacement): { vpc: IVpc; vpcSubnets: SubnetSelection } {
    const vpcSubnets = placement.subnets ?? { subnetType: SubnetType.PRIVATE_ISOLATED };
    if (placement.vpc !== undefined) return { vpc: placement.vpc, vpcSubnets };
    const network = new IsolatedNetwork(this, 'Network', placement.flowLogs === undefined ? {} : { flowLogs: placement.flowLogs });
    return { vpc: network.vpc as IVpc, vpcSubnets };
  }
}

function checkProps(scope: Construct, props: ReadOnlyAuroraProps, databaseName: string): void {
  const { capacity = {}, placement = {}, protection = {}, operation = {} } = props;
  const { monitoring } = operation;
  const min = capacity.min ?? 0.5;
  const max = capacity.max ?? 4;
  new PropsCheck(scope)
    .text('databaseName', databaseName, { min: 1, max: 63, pattern: /^[A-Za-z][A-Za-z0-9_]*$/, form: 'letters, digits and underscores, beginning with a letter' })
    .halves('capacity.min', capacity.min, { min: 0, max: 256 })
    .halves('capacity.max', capacity.max, { min: 1, max: 256 })
    .require(Token.isUnresolved(min) || Token.isUnresolved(max) || min <= max, `capacity.min (${min}) must not exceed capacity.max (${max})`)
    .require(capacity.pauseAfter === undefined || Token.isUnresolved(min) || min === 0, 'capacity.pauseAfter has no effect unless capacity.min is 0')
    .require(placement.vpc === undefined || placement.flowLogs === undefined, 'placement.flowLogs belongs to a new VPC, not to a given one')
    .seconds('capacity.pauseAfter', capacity.pauseAfter, { min: 300, max: 86_400 })
    .seconds('protection.backupRetention', protection.backupRetention, { min: 86_400, max: 35 * 86_400 })
    .require(!(protection.removalPolicy === RemovalPolicy.DESTROY && protection.deletionProtection === true), 'protection.deletionProtection contradicts removalPolicy DESTROY: the stack could never be deleted')
    .require(monitoring === undefined || monitoring === false || monitoring.isUnresolved() || [1, 5, 10, 15, 30, 60].includes(monitoring.toSeconds({ integral: false })), 'operation.monitoring must be 1, 5, 10, 15, 30 or 60 seconds')
    .require(protection.rotateAdminSecret !== false || operation.network === undefined, 'operation.network is of the function that rotates the admin secret, and protection.rotateAdminSecret is false')
    .done();
}

function requireSecret(cluster: DatabaseCluster): ISecret {
  if (cluster.secret === undefined) throw new CdkConstructsError('invalid-props', `${cluster.node.path}: the cluster has no generated secret.`);
  return cluster.secret;
}
