import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Records why a finding of a rule pack is accepted, at the narrowest construct it is about.
 *
 * The record belongs to the CDK itself, so this package needs no rule pack, and an app that runs none never sees it.
 */
export function acknowledge(scope: IConstruct, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: rule, reason });
}
