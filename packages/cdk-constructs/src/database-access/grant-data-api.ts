import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';

const actions = {
  /** No CommitTransaction: what can't commit can't change anything, whatever credentials it got hold of. */
  read: ['rds-data:ExecuteStatement', 'rds-data:BeginTransaction', 'rds-data:RollbackTransaction'],
  write: ['rds-data:ExecuteStatement', 'rds-data:BeginTransaction', 'rds-data:CommitTransaction', 'rds-data:RollbackTransaction'],
} as const;

/**
 * Leave to call the Data API of one cluster. What the calls may do is decided by the secret that the caller may read:
 * the CDK's own `grantDataApiAccess` would add the admin's.
 */
export function grantDataApi(grantee: IGrantable, clusterArn: string, access: keyof typeof actions): Grant {
  return Grant.addToPrincipal({ grantee, actions: [...actions[access]], resourceArns: [clusterArn] });
}
