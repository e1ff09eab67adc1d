import { CdkConstructsError } from '../errors/cdk-constructs-error.js';

/** One relation that row-level security splits by tenant. */
export interface TenantPolicy {
  /** `schema.relation` */
  readonly relation: string;
  /** The column that names the row's tenant; its type decides how the setting is read. */
  readonly column: string;
}

export interface Tenancy {
  /** The setting that execute-query sets for each transaction, for example `app.tenant_id`. */
  readonly setting: string;
  readonly policies: readonly TenantPolicy[];
  /** `schema.relation` of reference data that every tenant may read whole. Nothing else is granted. */
  readonly shared: readonly string[];
}

/** What the custom resource makes true in the database: the construct writes it, the handler reads it. */
export interface RoleSpecification {
  readonly dialect: 'postgresql' | 'mysql';
  readonly role: string;
  readonly database: string;
  /** In MySQL a schema is a database. */
  readonly schemas: readonly string[];
  /** Whose future tables are granted too; empty for the admin user only. */
  readonly tableOwners: readonly string[];
  /** `schema.relation`, never granted. */
  readonly excludedRelations: readonly string[];
  readonly futureTables: boolean;
  /** What to do with rights that PUBLIC has and a read-only role must not. */
  readonly publicPrivileges: 'refuse' | 'revoke';
  readonly missingSchemas: 'create' | 'fail';
  readonly tenancy: Tenancy | null;
  readonly statementTimeoutMs: number;
  readonly connectionLimit: number;
}

/**
 * Reads what the construct wrote.
 *
 * @throws CdkConstructsError `invalid-event`
 */
export function parseRoleSpecification(text: unknown): RoleSpecification {
  let value: unknown;
  try {
    value = JSON.parse(String(text));
  } catch (cause) {
    throw new CdkConstructsError('invalid-event', 'The role specification is not JSON.', { cause });
  }
  if (!isSpecification(value)) throw new CdkConstructsError('invalid-event', 'The role specification lacks a field, or has one of the wrong type.');
  return value;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isSpecification(value: unknown): value is RoleSpecification {
  return isRecord(value)
    && (value['dialect'] === 'postgresql' || value['dialect'] === 'mysql')
    && isText(value['role']) && isText(value['database'])
    && isTexts(value['schemas']) && value['schemas'].length > 0
    && isTexts(value['tableOwners']) && isTexts(value['excludedRelations'])
    && typeof value['futureTables'] === 'boolean'
    && (value['publicPrivileges'] === 'refuse' || value['publicPrivileges'] === 'revoke')
    && (value['missingSchemas'] === 'create' || value['missingSchemas'] === 'fail')
    && Number.isInteger(value['statementTimeoutMs']) && Number.isInteger(value['connectionLimit'])
    && (value['tenancy'] === null || isTenancy(value['tenancy']));
}

function isTenancy(value: unknown): value is Tenancy {
  return isRecord(value) && isText(value['setting']) && isTexts(value['shared'])
    && Array.isArray(value['policies'])
    && value['policies'].every((policy: unknown) => isRecord(policy) && isText(policy['relation']) && isText(policy['column']));
}
