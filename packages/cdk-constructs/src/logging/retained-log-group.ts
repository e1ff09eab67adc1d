import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** How long logs are kept, with which key, and whether they outlive the stack. */
export interface LogSettings {
  /** @default one year */
  readonly retention?: RetentionDays;
  /** @default encrypted with the key of CloudWatch Logs */
  readonly encryptionKey?: IKey;
  /** @default DESTROY */
  readonly removalPolicy?: RemovalPolicy;
}

/** A log group that is always retained for a stated time: one that a service makes by itself is kept for ever. The name is given where a service chooses it. */
export function retainedLogGroup(scope: Construct, id: string, settings: LogSettings = {}, logGroupName?: string): LogGroup {
  const logGroup = new LogGroup(scope, id, {
    ...(logGroupName === undefined ? {} : { logGroupName }),
    retention: settings.retention ?? RetentionDays.ONE_YEAR,
    removalPolicy: settings.removalPolicy ?? RemovalPolicy.DESTROY,
    ...(settings.encryptionKey === undefined ? {} : { encryptionKey: settings.encryptionKey }),
  });
  if (settings.encryptionKey !== undefined) allowLogEncryption(scope, settings.encryptionKey);
  return logGroup;
}

/**
 * CloudWatch Logs refuses a key whose policy doesn't name the service. The condition is on the account's log groups
 * and not on this one, because a key policy that names the group that names the key is a circular dependency.
 */
function allowLogEncryption(scope: Construct, key: IKey): void {
  const stack = Stack.of(scope);
  const sid = `CloudWatchLogs${stack.node.addr.slice(-8)}`;
  key.addToResourcePolicy(new PolicyStatement({
    sid,
    principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }) },
    },
  }));
}
