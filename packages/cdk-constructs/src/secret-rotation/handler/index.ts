import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { deadlineIn } from '../../database-access/deadline.js';
import { logLine } from '../../database-access/log-line.js';
import { CdkConstructsError } from '../../errors/cdk-constructs-error.js';
import { rotateSecret } from './rotate-secret.js';
import type { RotationSettings } from './rotate-secret.js';

const database = new RDSDataClient({});
const secrets = new SecretsManagerClient({});

/** Entry of the function behind `SecretRotation`; leaves five seconds to turn a failed change back. */
export function handler(event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<void> {
  return rotateSecret({ database, secrets, log: logLine }, readSettings(process.env), event, deadlineIn(context.getRemainingTimeInMillis() - 5000));
}

function readSettings(environment: NodeJS.ProcessEnv): RotationSettings {
  const text = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new CdkConstructsError('invalid-event', `The environment variable ${name} is missing.`);
    return value;
  };
  return {
    clusterArn: text('ASK_AURORA_RESOURCE_ARN'),
    adminSecretArn: text('ASK_AURORA_ADMIN_SECRET_ARN'),
    database: text('ASK_AURORA_DATABASE'),
    dialect: text('ASK_AURORA_DIALECT') === 'mysql' ? 'mysql' : 'postgresql',
  };
}
