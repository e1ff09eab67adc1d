import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge.js';

/**
 * Accepts one wildcard of one policy, named as the AwsSolutions pack names it: references in angle brackets.
 *
 * An acknowledgement of the whole rule would also hide the next wildcard that somebody adds.
 */
export function acknowledgeWildcard(scope: IConstruct, resource: string, reason: string): void {
  acknowledge(scope, `AwsSolutions-IAM5[Resource::${flattened(Stack.of(scope).resolve(resource))}]`, reason);
}

function flattened(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const entry = value as { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[]; readonly 'Fn::Join'?: readonly [string, readonly unknown[]] };
  if (entry.Ref !== undefined) return `<${entry.Ref}>`;
  if (entry['Fn::GetAtt'] !== undefined) return `<${entry['Fn::GetAtt'].join('.')}>`;
  if (entry['Fn::Join'] !== undefined) return entry['Fn::Join'][1].map(flattened).join(entry['Fn::Join'][0]);
  return JSON.stringify(value);
}
