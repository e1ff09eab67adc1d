import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { deadlineIn } from '../../database-access/deadline.js';
import { logLine } from '../../database-access/log-line.js';
import { handleRoleEvent } from './handle-role-event.js';
import type { RoleResponse } from './handle-role-event.js';

const database = new RDSDataClient({});
const secrets = new SecretsManagerClient({});

/** Entry of the function behind `ReadOnlyRole`; leaves five seconds to report a failure itself. */
export function handler(event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<RoleResponse> {
  return handleRoleEvent({ database, secrets, log: logLine }, event, deadlineIn(context.getRemainingTimeInMillis() - 5000));
}
