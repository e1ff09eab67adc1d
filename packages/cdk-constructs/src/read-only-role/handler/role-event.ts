import { CdkConstructsError } from '../../errors/cdk-constructs-error.js';
import { parseRoleSpecification } from '../role-specification.js';
import type { RoleSpecification } from '../role-specification.js';

/** The properties that the construct gives its custom resource. */
export interface RoleProperties {
  readonly clusterArn: string;
  readonly adminSecretArn: string;
  readonly secretArn: string;
  readonly onDelete: 'retain' | 'drop';
  readonly specification: RoleSpecification;
}

export type RoleEvent =
  | { readonly type: 'Create' | 'Update'; readonly properties: RoleProperties }
  | { readonly type: 'Delete'; readonly properties: RoleProperties; readonly physicalResourceId: string };

/**
 * Reads CloudFormation's event.
 *
 * @throws CdkConstructsError `invalid-event`
 */
export function parseRoleEvent(event: unknown): RoleEvent {
  const { RequestType: type, ResourceProperties: raw, PhysicalResourceId: physicalResourceId } = (event ?? {}) as Record<string, unknown>;
  const properties = parseProperties(raw);
  if (type === 'Create' || type === 'Update') return { type, properties };
  if (type === 'Delete' && typeof physicalResourceId === 'string') return { type, properties, physicalResourceId };
  throw new CdkConstructsError('invalid-event', `The request type ${JSON.stringify(type)} is none of Create, Update and Delete.`);
}

/** The same for the same role, so that an update of the grants is never taken for a replacement. */
export function physicalRoleId(properties: RoleProperties): string {
  return `${properties.clusterArn}/${properties.specification.database}/${properties.specification.role}`;
}

function parseProperties(raw: unknown): RoleProperties {
  const value = (raw ?? {}) as Record<string, unknown>;
  const text = (name: string): string => {
    const field = value[name];
    if (typeof field !== 'string' || field === '') throw new CdkConstructsError('invalid-event', `The property ${name} is missing.`);
    return field;
  };
  const onDelete = text('OnDelete');
  if (onDelete !== 'retain' && onDelete !== 'drop') throw new CdkConstructsError('invalid-event', 'The property OnDelete must be retain or drop.');
  return {
    clusterArn: text('ClusterArn'),
    adminSecretArn: text('AdminSecretArn'),
    secretArn: text('SecretArn'),
    onDelete,
    specification: parseRoleSpecification(text('Specification')),
  };
}
