import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { deadlineIn } from '../../database-access/deadline.js';
import { logLine } from '../../database-access/log-line.js';
import { handleVectorStoreEvent } from './handle-vector-store-event.js';

const database = new RDSDataClient({});
const secrets = new SecretsManagerClient({});

/** Entry of the function that makes the table of a knowledge base; leaves five seconds to report a failure itself. */
export function handler(event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<{ readonly PhysicalResourceId: string }> {
  return handleVectorStoreEvent({ database, secrets, log: logLine }, event, deadlineIn(context.getRemainingTimeInMillis() - 5000));
}
