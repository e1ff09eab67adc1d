import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IDependable } from 'constructs';

/** Which Aurora it is, and how old: the guard, the role and the introspection all speak its dialect. */
export type AuroraEngine =
  | { readonly dialect: 'postgresql'; readonly majorVersion: 16 | 17 | 18 }
  | { readonly dialect: 'mysql' };

/**
 * One database of an Aurora cluster whose Data API is on.
 *
 * `ReadOnlyAurora` is one; `ReadOnlyAurora.fromCluster` makes one of a cluster that exists already.
 */
export interface AuroraDatabase {
  readonly cluster: IDatabaseCluster;
  /** The Data API's `resourceArn`. */
  readonly clusterArn: string;
  /** The secret of the user who may create roles and grant; only the role's custom resource and the rotation may read it. */
  readonly adminSecret: ISecret;
  readonly databaseName: string;
  readonly engine: AuroraEngine;
  /** What must exist before the Data API answers: the cluster with its writer instance. */
  readonly ready: readonly IDependable[];
}
