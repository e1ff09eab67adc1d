import { runSimulation } from '@cloud-copilot/iam-simulate';
import { resolveIntrinsics } from '../resolve-intrinsics.js';
import type { Deployment } from '../resolve-intrinsics.js';
import type { Template } from '../synthesize.js';

/** One question to IAM. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
}

/** The identity policies of a role of the template, with the intrinsic functions filled in. */
export function rolePolicies(template: Template, roleId: string, deployment: Deployment): readonly { readonly name: string; readonly policy: unknown }[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    const properties = resource.Properties ?? {};
    if (id === roleId) {
      const inline = (properties['Policies'] ?? []) as readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
      return inline.map((policy) => ({ name: policy.PolicyName, policy: resolveIntrinsics(policy.PolicyDocument, deployment) }));
    }
    const roles = (properties['Roles'] ?? []) as readonly { readonly Ref?: string }[];
    if (resource.Type !== 'AWS::IAM::Policy' || !roles.some((role) => role.Ref === roleId)) return [];
    return [{ name: id, policy: resolveIntrinsics(properties['PolicyDocument'], deployment) }];
  });
}

/** Whether IAM would let the role do it, by its own policies. */
export async function isAllowed(template: Template, roleId: string, request: AccessRequest, deployment: Deployment): Promise<boolean> {
  const result = await runSimulation({
    identityPolicies: rolePolicies(template, roleId, deployment).map(({ name, policy }) => ({ name, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    request: {
      principal: `arn:aws:iam::${deployment.account}:role/${roleId}`,
      action: request.action,
      resource: { resource: request.resource, accountId: deployment.account },
      contextVariables: { ...request.context },
    },
  }, {});
  if (result.resultType === 'error') throw new Error(`The simulation of ${request.action} on ${request.resource} is malformed: ${JSON.stringify(result.errors)}`);
  return result.overallResult === 'Allowed';
}
