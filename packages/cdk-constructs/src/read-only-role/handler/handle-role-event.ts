import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { inTransaction, withoutTransaction } from '../../database-access/data-api-session.js';
import type { Deadline } from '../../database-access/deadline.js';
import { isGone } from '../../database-access/is-gone.js';
import { readLoginSecret } from '../../database-access/login-secret.js';
import type { RunSql } from '../../database-access/run-sql.js';
import { CdkConstructsError } from '../../errors/cdk-constructs-error.js';
import { applyMysqlRole, dropMysqlRole } from '../apply-mysql-role.js';
import { applyPostgresqlRole, dropPostgresqlRole } from '../apply-postgresql-role.js';
import type { AppliedRole } from '../apply-postgresql-role.js';
import { mysqlNativeVerifier } from '../mysql-native-verifier.js';
import { scramVerifier } from '../scram-verifier.js';
import { parseRoleEvent, physicalRoleId } from './role-event.js';
import type { RoleProperties } from './role-event.js';

export interface RoleHandlerPorts {
  readonly database: RDSDataClient;
  readonly secrets: SecretsManagerClient;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** What the provider framework takes back. */
export interface RoleResponse {
  readonly PhysicalResourceId: string;
  readonly Data: { readonly RoleName: string; readonly RelationCount: number; readonly SkippedCount: number };
}

/**
 * Creates, updates or drops the role by CloudFormation's event. A failure is thrown, never swallowed: the framework
 * turns it into a failed deployment whose reason is the message.
 *
 * @throws CdkConstructsError, or an error of the Data API or of Secrets Manager
 */
export async function handleRoleEvent(ports: RoleHandlerPorts, rawEvent: unknown, deadline: Deadline): Promise<RoleResponse> {
  const event = parseRoleEvent(rawEvent);
  const { specification } = event.properties;
  if (event.type === 'Delete') {
    const outcome = event.properties.onDelete === 'retain' ? 'retained' : await drop(ports, event.properties, deadline);
    ports.log({ message: 'read-only role deleted', role: specification.role, outcome });
    return { PhysicalResourceId: event.physicalResourceId, Data: { RoleName: specification.role, RelationCount: 0, SkippedCount: 0 } };
  }
  const applied = await apply(ports, event.properties, deadline);
  ports.log({ message: 'read-only role applied', role: specification.role, created: applied.created, relations: applied.relations.length, skipped: applied.skipped });
  return {
    PhysicalResourceId: physicalRoleId(event.properties),
    Data: { RoleName: specification.role, RelationCount: applied.relations.length, SkippedCount: applied.skipped.length },
  };
}

async function apply(ports: RoleHandlerPorts, properties: RoleProperties, deadline: Deadline): Promise<AppliedRole> {
  const { specification } = properties;
  const login = await readLoginSecret(ports.secrets, properties.secretArn, { signal: deadline.signal });
  if (login.username !== specification.role) {
    throw new CdkConstructsError('invalid-secret', `The secret ${properties.secretArn} is of the user ${login.username}, not of the role ${specification.role}.`);
  }
  return asAdmin(ports, properties, deadline, (run) => specification.dialect === 'postgresql'
    ? applyPostgresqlRole(run, specification, scramVerifier(login.password))
    : applyMysqlRole(run, specification, mysqlNativeVerifier(login.password)));
}

async function drop(ports: RoleHandlerPorts, properties: RoleProperties, deadline: Deadline): Promise<'dropped' | 'left' | 'gone with the cluster'> {
  const { role, dialect } = properties.specification;
  try {
    const { dropped } = await asAdmin(ports, properties, deadline, (run) => (dialect === 'postgresql' ? dropPostgresqlRole(run, role) : dropMysqlRole(run, role)));
    return dropped ? 'dropped' : 'left';
  } catch (error) {
    if (isGone(error)) return 'gone with the cluster';
    throw error;
  }
}

function asAdmin<T>(ports: RoleHandlerPorts, properties: RoleProperties, deadline: Deadline, work: (run: RunSql) => Promise<T>): Promise<T> {
  const { dialect, database } = properties.specification;
  const target = { resourceArn: properties.clusterArn, secretArn: properties.adminSecretArn, database };
  return dialect === 'postgresql' ? inTransaction(ports.database, target, deadline, work) : withoutTransaction(ports.database, target, deadline, work);
}
