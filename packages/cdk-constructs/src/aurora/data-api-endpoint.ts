import { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { CdkConstructsError } from '../errors/cdk-constructs-error.js';

/**
 * Refuses a cluster of the same app whose Data API is off. Of an imported cluster nothing can be known at synthesis.
 *
 * @throws CdkConstructsError `data-api-disabled`
 */
export function requireDataApi(cluster: IDatabaseCluster): void {
  const resource = cluster.node.defaultChild ?? cluster.node.tryFindChild('Resource');
  if (resource instanceof CfnDBCluster && resource.enableHttpEndpoint !== true) {
    throw new CdkConstructsError('data-api-disabled', `${cluster.node.path}: set enableDataApi to true; the agent reaches the database through the Data API only.`);
  }
}
