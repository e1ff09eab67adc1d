import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import {
  DescribeSecretCommand, GetRandomPasswordCommand, PutSecretValueCommand, ResourceNotFoundException, UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { DescribeSecretCommandOutput, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { inTransaction, withoutTransaction } from '../../database-access/data-api-session.js';
import type { DataApiTarget } from '../../database-access/data-api-session.js';
import type { Deadline } from '../../database-access/deadline.js';
import { readLoginSecret } from '../../database-access/login-secret.js';
import type { LoginSecret } from '../../database-access/login-secret.js';
import { CdkConstructsError } from '../../errors/cdk-constructs-error.js';
import { mysqlNativeVerifier } from '../../read-only-role/mysql-native-verifier.js';
import { scramVerifier } from '../../read-only-role/scram-verifier.js';
import { mysqlPasswordStatement } from '../../read-only-role/statements/mysql-role.js';
import { passwordStatement } from '../../read-only-role/statements/postgresql-role.js';

export interface RotationSettings {
  readonly clusterArn: string;
  readonly adminSecretArn: string;
  readonly database: string;
  readonly dialect: 'postgresql' | 'mysql';
}

export interface RotationPorts {
  readonly database: RDSDataClient;
  readonly secrets: SecretsManagerClient;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

interface RotationEvent {
  readonly secretArn: string;
  readonly token: string;
  readonly step: string;
}

/** Characters that no driver and no statement has trouble with; 40 of them hold more than 230 bits. */
const passwordRules = { PasswordLength: 40, ExcludePunctuation: true, RequireEachIncludedType: true } as const;

/**
 * One step of Secrets Manager's rotation: createSecret, setSecret, testSecret, finishSecret.
 *
 * The Data API reads the AWSCURRENT version only, so a pending password can't be tried before it is current. Both
 * changes are therefore made in finishSecret, the database's first and the label's right after, and the login is
 * tried then; if it fails, both are turned back. Between the two a login may fail, for some tens of milliseconds.
 *
 * @throws CdkConstructsError, or an error of the Data API or of Secrets Manager; Secrets Manager tries again
 */
export async function rotateSecret(ports: RotationPorts, settings: RotationSettings, rawEvent: unknown, deadline: Deadline): Promise<void> {
  const event = parseEvent(rawEvent);
  const secret = await ports.secrets.send(new DescribeSecretCommand({ SecretId: event.secretArn }), { abortSignal: deadline.signal });
  const stages = secret.VersionIdsToStages?.[event.token];
  if (stages === undefined) throw new CdkConstructsError('invalid-event', `The version ${event.token} is none of the secret's.`);
  if (stages.includes('AWSCURRENT')) return;
  if (event.step === 'createSecret') await createPending(ports, event, deadline);
  if (event.step === 'finishSecret') await makeCurrent(ports, settings, event, secret, deadline);
  ports.log({ message: 'rotation step done', secret: event.secretArn, step: event.step });
}

/** A repeated step keeps the password that the first one made. */
async function createPending(ports: RotationPorts, event: RotationEvent, { signal }: Deadline): Promise<void> {
  const current = await readLoginSecret(ports.secrets, event.secretArn, { signal, stage: 'AWSCURRENT' });
  try {
    await readLoginSecret(ports.secrets, event.secretArn, { signal, versionId: event.token, stage: 'AWSPENDING' });
    return;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  const { RandomPassword } = await ports.secrets.send(new GetRandomPasswordCommand(passwordRules), { abortSignal: signal });
  const value = { ...current.rest, username: current.username, password: RandomPassword };
  await ports.secrets.send(
    new PutSecretValueCommand({ SecretId: event.secretArn, ClientRequestToken: event.token, SecretString: JSON.stringify(value), VersionStages: ['AWSPENDING'] }),
    { abortSignal: signal },
  );
}

async function makeCurrent(ports: RotationPorts, settings: RotationSettings, event: RotationEvent, secret: DescribeSecretCommandOutput, deadline: Deadline): Promise<void> {
  const { signal } = deadline;
  const currentVersion = Object.entries(secret.VersionIdsToStages ?? {}).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
  if (currentVersion === undefined) throw new CdkConstructsError('invalid-secret', `The secret ${event.secretArn} has no current version.`);
  const current = await readLoginSecret(ports.secrets, event.secretArn, { signal, stage: 'AWSCURRENT' });
  const pending = await readLoginSecret(ports.secrets, event.secretArn, { signal, versionId: event.token, stage: 'AWSPENDING' });
  await setPassword(ports, settings, pending, deadline);
  try {
    await moveLabel(ports, event.secretArn, { to: event.token, from: currentVersion });
    await tryLogin(ports, settings, event.secretArn, deadline);
  } catch (error) {
    await turnBack(ports, settings, event, { login: current, version: currentVersion }, deadline);
    throw error;
  }
}

/** Best effort: the failure that led here is the one to report. A second failure is logged with the way out. */
async function turnBack(ports: RotationPorts, settings: RotationSettings, event: RotationEvent, old: { readonly login: LoginSecret; readonly version: string }, deadline: Deadline): Promise<void> {
  try {
    await setPassword(ports, settings, old.login, deadline);
    await moveLabel(ports, event.secretArn, { to: old.version, from: event.token });
  } catch {
    ports.log({
      level: 'ERROR', message: 'rotation could not be turned back', secret: event.secretArn, version: event.token,
      remedy: 'The database has the password of this version: move the label AWSCURRENT to it.',
    });
  }
}

/** The label is wrong until this succeeds, so it is tried harder than the client does by itself. Moving it twice does no harm. */
async function moveLabel(ports: RotationPorts, secretArn: string, versions: { readonly to: string; readonly from: string }): Promise<void> {
  const command = new UpdateSecretVersionStageCommand({ SecretId: secretArn, VersionStage: 'AWSCURRENT', MoveToVersionId: versions.to, RemoveFromVersionId: versions.from });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await ports.secrets.send(command);
      return;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function setPassword(ports: RotationPorts, settings: RotationSettings, login: LoginSecret, deadline: Deadline): Promise<void> {
  const target: DataApiTarget = { resourceArn: settings.clusterArn, secretArn: settings.adminSecretArn, database: settings.database };
  if (settings.dialect === 'mysql') {
    await withoutTransaction(ports.database, target, deadline, (run) => run(mysqlPasswordStatement(login.username, mysqlNativeVerifier(login.password))));
  } else {
    await inTransaction(ports.database, target, deadline, (run) => run(passwordStatement(login.username, scramVerifier(login.password))));
  }
}

async function tryLogin(ports: RotationPorts, settings: RotationSettings, secretArn: string, deadline: Deadline): Promise<void> {
  await withoutTransaction(ports.database, { resourceArn: settings.clusterArn, secretArn, database: settings.database }, deadline, (run) => run('SELECT 1 AS works'));
}

function parseEvent(event: unknown): RotationEvent {
  const { SecretId: secretArn, ClientRequestToken: token, Step: step } = (event ?? {}) as Record<string, unknown>;
  if (typeof secretArn !== 'string' || typeof token !== 'string' || typeof step !== 'string' || !['createSecret', 'setSecret', 'testSecret', 'finishSecret'].includes(step)) {
    throw new CdkConstructsError('invalid-event', 'A rotation event has SecretId, ClientRequestToken and a known Step.');
  }
  return { secretArn, token, step };
}
