import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../validation/acknowledge.js';

/** The one log group that RDS writes the operating system's metrics of every instance to. */
const logGroup = 'RDSOSMetrics';

/**
 * What RDS writes the operating system's metrics as: the rights of AWS's own managed policy for it, on that log group
 * instead of on all groups that begin with "RDS", and for this account's instances alone.
 */
export function monitoringRole(scope: Construct, id: string): Role {
  const group = Stack.of(scope).formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroup, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const role = new Role(scope, id, {
    description: 'Writes the operating system metrics of the database instances',
    assumedBy: new ServicePrincipal('monitoring.rds.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    // Inline, as RDS tries the role when the instance is made.
    inlinePolicies: {
      Metrics: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'], resources: [group] }),
          new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents'], resources: [`${group}:log-stream:*`] }),
        ],
      }),
    },
  });
  acknowledge(role, `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:${logGroup}:log-stream:*]`, 'RDS names the streams by instances, which do not exist yet.');
  return role;
}
