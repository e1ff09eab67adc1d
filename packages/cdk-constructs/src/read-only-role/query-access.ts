import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IDependable } from 'constructs';
import type { AuroraDatabase } from '../aurora/aurora-database.js';

/** Credentials of a read-only login in one database. `ReadOnlyRole` makes them; `existingQueryAccess` takes those of a role made elsewhere. */
export interface QueryAccess {
  readonly database: AuroraDatabase;
  readonly secret: ISecret;
  /** What must exist before the login works. */
  readonly ready: readonly IDependable[];
  /** The setting that names the tenant, or null without row-level security. */
  readonly tenantSetting: string | null;
  /** Leave to run statements with these credentials. */
  grantQuery(grantee: IGrantable): Grant;
}
