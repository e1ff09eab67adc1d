import { createDataApiClient, type DataApiClient } from '@ask-aurora/data-api-client';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { clientOptions, type AwsAccess } from './aws-access.js';

export interface StackDatabase {
  readonly resourceArn: string;
  readonly secretArn: string;
  readonly database: string;
}

/** The Data API of a stack's cluster, as the user behind the secret. */
export function connectToStack(database: StackDatabase, access: AwsAccess): DataApiClient {
  return createDataApiClient({ ...database, client: new RDSDataClient(clientOptions(access)) });
}
