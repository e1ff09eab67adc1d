import { Token } from 'aws-cdk-lib';
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import { PropsCheck } from '../props/props-check.js';
import { ReadOnlyRole } from '../read-only-role/read-only-role.js';
import type { ReadOnlyRoleOptions } from '../read-only-role/read-only-role.js';
import type { AuroraDatabase, AuroraEngine } from './aurora-database.js';
import { requireDataApi } from './data-api-endpoint.js';

export interface ExistingAuroraProps {
  /** An imported one needs `dataApiEnabled: true`. */
  readonly cluster: IDatabaseCluster;
  /** The secret of a user who may create roles and grant on the tables: JSON with `username` and `password`. */
  readonly adminSecret: ISecret;
  readonly databaseName: string;
  readonly engine: AuroraEngine;
  /** What must exist before the Data API answers. @default the cluster */
  readonly ready?: readonly IDependable[];
}

/** A database of a cluster that exists already; see `ReadOnlyAurora.fromCluster`. Adds nothing to the stack by itself. */
export class ExistingAurora extends Construct implements AuroraDatabase {
  readonly cluster: IDatabaseCluster;
  readonly clusterArn: string;
  readonly adminSecret: ISecret;
  readonly databaseName: string;
  readonly engine: AuroraEngine;
  readonly ready: readonly IDependable[];

  constructor(scope: Construct, id: string, props: ExistingAuroraProps) {
    super(scope, id);
    new PropsCheck(this)
      .text('databaseName', props.databaseName, { min: 1, max: 63 })
      .require(agrees(props), `engine is ${props.engine.dialect}, but the cluster's is ${String(props.cluster.engine?.engineFamily)}`)
      .done();
    requireDataApi(props.cluster);
    this.cluster = props.cluster;
    this.clusterArn = props.cluster.clusterArn;
    this.adminSecret = props.adminSecret;
    this.databaseName = props.databaseName;
    this.engine = props.engine;
    this.ready = props.ready ?? [props.cluster];
  }

  /** The role that the agent's functions log in with. */
  addReadOnlyRole(id: string, options: ReadOnlyRoleOptions): ReadOnlyRole {
    return new ReadOnlyRole(this, id, { ...options, database: this });
  }
}

function agrees(props: ExistingAuroraProps): boolean {
  const family = props.cluster.engine?.engineFamily;
  return family === undefined || Token.isUnresolved(family) || family.toLowerCase() === props.engine.dialect;
}
