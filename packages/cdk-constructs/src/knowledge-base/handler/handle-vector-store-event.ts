import { inTransaction } from '../../database-access/data-api-session.js';
import type { Deadline } from '../../database-access/deadline.js';
import { isGone } from '../../database-access/is-gone.js';
import { readLoginSecret } from '../../database-access/login-secret.js';
import { CdkConstructsError } from '../../errors/cdk-constructs-error.js';
import type { RoleHandlerPorts } from '../../read-only-role/handler/handle-role-event.js';
import { scramVerifier } from '../../read-only-role/scram-verifier.js';
import { applyVectorStore, dropVectorStore } from './apply-vector-store.js';
import type { VectorStoreSpecification } from './apply-vector-store.js';

/** Creates, updates or drops the table and its login by CloudFormation's event. */
export async function handleVectorStoreEvent(ports: RoleHandlerPorts, rawEvent: unknown, deadline: Deadline): Promise<{ readonly PhysicalResourceId: string }> {
  const event = (rawEvent ?? {}) as Record<string, unknown>;
  const properties = (event['ResourceProperties'] ?? {}) as Record<string, unknown>;
  const specification = parseSpecification(properties['Specification']);
  const resourceArn = text(properties, 'ClusterArn');
  const secretArn = text(properties, 'SecretArn');
  const target = { resourceArn, secretArn: text(properties, 'AdminSecretArn'), database: specification.database };
  const PhysicalResourceId = `${resourceArn}/${specification.database}/${specification.schema}.${specification.table}/${specification.role}`;
  if (event['RequestType'] === 'Delete') {
    if (text(properties, 'OnDelete') === 'drop') {
      await inTransaction(ports.database, target, deadline, (run) => dropVectorStore(run, specification)).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    }
    return { PhysicalResourceId: text(event, 'PhysicalResourceId') };
  }
  const login = await readLoginSecret(ports.secrets, secretArn, { signal: deadline.signal });
  if (login.username !== specification.role) throw new CdkConstructsError('invalid-secret', `The secret ${secretArn} is of another user than ${specification.role}.`);
  await inTransaction(ports.database, target, deadline, (run) => applyVectorStore(run, specification, scramVerifier(login.password)));
  ports.log({ message: 'vector store applied', table: `${specification.schema}.${specification.table}`, role: specification.role });
  return { PhysicalResourceId };
}

function parseSpecification(value: unknown): VectorStoreSpecification {
  const parsed = JSON.parse(String(value)) as Record<string, unknown>;
  const dimensions = Number(parsed['dimensions']);
  if (!Number.isInteger(dimensions)) throw new CdkConstructsError('invalid-event', 'The property dimensions must be a whole number.');
  return { role: text(parsed, 'role'), database: text(parsed, 'database'), schema: text(parsed, 'schema'), table: text(parsed, 'table'), dimensions };
}

function text(record: Record<string, unknown>, name: string): string {
  const value = record[name];
  if (typeof value !== 'string' || value === '') throw new CdkConstructsError('invalid-event', `The property ${name} is missing.`);
  return value;
}
