import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IDependable } from 'constructs';
import type { AuroraDatabase } from '../aurora/aurora-database.js';
import { grantDataApi } from '../database-access/grant-data-api.js';
import type { QueryAccess } from './query-access.js';

export interface ExistingQueryAccessProps {
  readonly database: AuroraDatabase;
  /** The secret of a role that your own migrations made read-only: nothing here can check that. */
  readonly secret: ISecret;
  /** @default none */
  readonly ready?: readonly IDependable[];
  /** @default none */
  readonly tenantSetting?: string;
}

/** Uses a read-only login that exists already, for teams whose roles are made by migrations. */
export function existingQueryAccess(props: ExistingQueryAccessProps): QueryAccess {
  const { database, secret } = props;
  return {
    database,
    secret,
    ready: props.ready ?? [],
    tenantSetting: props.tenantSetting ?? null,
    grantQuery: (grantee) => grantDataApi(grantee, database.clusterArn, 'read').combine(secret.grantRead(grantee)),
  };
}
