import { Aws, Duration } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import type { AuroraDatabase } from '../aurora/aurora-database.js';
import { grantDataApi } from '../database-access/grant-data-api.js';
import { assetFunction } from '../functions/asset-function.js';
import type { FunctionNetwork } from '../functions/function-network.js';
import type { LogSettings } from '../logging/retained-log-group.js';
import { PropsCheck } from '../props/props-check.js';
import { acknowledge } from '../validation/acknowledge.js';

export interface SecretRotationProps {
  readonly database: AuroraDatabase;
  /** JSON with `username` and `password`; the user is one that the admin may alter, or the admin itself. */
  readonly secret: ISecret;
  /** 1 to 1,000 days. */
  readonly every: Duration;
  /** What must exist before the first rotation, for example the user. @default none */
  readonly ready?: readonly IDependable[];
  readonly logs?: LogSettings;
  /** @default none: the function needs no VPC */
  readonly network?: FunctionNetwork;
}

/**
 * Changes a database user's password on a schedule, through the Data API: no VPC, no connection, no code from elsewhere.
 * The statement carries a verifier and not the password.
 */
export class SecretRotation extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: SecretRotationProps) {
    super(scope, id);
    new PropsCheck(this).seconds('every', props.every, { min: 86_400, max: 1000 * 86_400 }).done();
    const { database, secret } = props;
    this.function = assetFunction(this, 'Function', {
      asset: 'rotate-secret',
      description: 'Changes the password of a database user and of its secret',
      timeout: Duration.minutes(2),
      environment: {
        ASK_AURORA_RESOURCE_ARN: database.clusterArn,
        ASK_AURORA_ADMIN_SECRET_ARN: database.adminSecret.secretArn,
        ASK_AURORA_DATABASE: database.databaseName,
        ASK_AURORA_DIALECT: database.engine.dialect,
      },
      ...(props.logs === undefined ? {} : { logs: props.logs }),
      ...(props.network === undefined ? {} : { network: props.network }),
    });
    grantDataApi(this.function, database.clusterArn, 'write');
    database.adminSecret.grantRead(this.function);
    this.function.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] }));
    acknowledge(this, 'AwsSolutions-IAM5[Resource::*]', 'GetRandomPassword takes no resource.');
    const schedule = secret.addRotationSchedule(`${id}Schedule`, { rotationLambda: this.function, automaticallyAfter: props.every, rotateImmediatelyOnUpdate: false });
    // The schedule alone: a key of the same stack names the function's role, so that role must not wait for what the key encrypts.
    schedule.node.addDependency(...(props.ready ?? []));
    // The CDK lets Secrets Manager call on behalf of anybody; this account's own is meant.
    for (const child of this.function.node.findAll()) if (child instanceof CfnPermission) child.sourceAccount = Aws.ACCOUNT_ID;
  }

  /** Steps of a rotation that failed. Secrets Manager tries again on the next day; a password that nobody can change is worth an alarm. */
  metricErrors(options?: MetricOptions): Metric {
    return this.function.metricErrors(options);
  }
}
