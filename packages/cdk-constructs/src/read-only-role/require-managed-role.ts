import { CdkConstructsError } from '../errors/cdk-constructs-error.js';
import { listNames } from './list-names.js';
import type { CatalogRole } from './statements/postgresql-catalog.js';

/**
 * Lets pass only a role that was made here and has not been given more since.
 *
 * @throws CdkConstructsError `role-conflict` or `role-unsafe`
 */
export function requireManagedRole(role: string, existing: CatalogRole): void {
  if (!existing.managed) {
    throw new CdkConstructsError('role-conflict', `A role ${role} exists that was not made here; choose another name. Taking it over would reset its password.`);
  }
  if (existing.elevated.length > 0) throw new CdkConstructsError('role-unsafe', `The role ${role} has ${existing.elevated.join(', ')}; take that back first.`);
  if (existing.memberOf.length > 0) throw new CdkConstructsError('role-unsafe', `The role ${role} is a member of ${listNames(existing.memberOf)}; take that back first.`);
  if (existing.owned > 0) throw new CdkConstructsError('role-unsafe', `The role ${role} owns ${existing.owned} objects; give them to another owner first.`);
}
