import type { ReadOnlyRoleOptions } from '../read-only-role/read-only-role.js';
import { deployStack } from './deployed-stack.js';

export interface RoleEventOptions {
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly clusterArn: string;
  readonly role: ReadOnlyRoleOptions;
}

/** The event that CloudFormation would send for a `ReadOnlyRole` of these props: taken from its template, not written by hand. */
export function roleEvent({ type, clusterArn, role }: RoleEventOptions): Readonly<Record<string, unknown>> {
  const stack = deployStack(clusterArn, (_stack, database) => database.addReadOnlyRole('Role', { ...role, lifecycle: { rotate: false, ...role.lifecycle } }));
  return { RequestType: type, PhysicalResourceId: 'existing', RequestId: 'request', StackId: 'stack', LogicalResourceId: 'Role', ResourceProperties: stack.properties('Custom::AskAuroraReadOnlyRole') };
}
