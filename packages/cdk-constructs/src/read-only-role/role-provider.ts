import { Duration, FileSystem } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { lambdaAssetPath } from '../assets/lambda-asset.js';
import type { AuroraDatabase } from '../aurora/aurora-database.js';
import { grantDataApi } from '../database-access/grant-data-api.js';
import { assetFunction } from '../functions/asset-function.js';
import { retainedLogGroup } from '../logging/retained-log-group.js';
import type { LogSettings } from '../logging/retained-log-group.js';

export interface RoleProviderProps {
  readonly database: AuroraDatabase;
  readonly secret: ISecret;
  readonly logs?: LogSettings;
}

/** The function that CloudFormation calls for one role: each role has its own, so that none may read another's secret. */
export class RoleProvider extends Construct {
  readonly serviceToken: string;
  /** Changes with the code, so that a new version of the statements is applied. */
  readonly codeVersion: string;

  constructor(scope: Construct, id: string, props: RoleProviderProps) {
    super(scope, id);
    const onEvent = assetFunction(this, 'OnEvent', {
      asset: 'read-only-role',
      description: 'Creates, updates and drops a read-only database role',
      timeout: Duration.minutes(5),
      ...(props.logs === undefined ? {} : { logs: props.logs }),
    });
    grantDataApi(onEvent, props.database.clusterArn, 'write');
    props.database.adminSecret.grantRead(onEvent);
    props.secret.grantRead(onEvent);

    const logGroup = retainedLogGroup(this, 'FrameworkLogs', props.logs);
    const role = new Role(this, 'FrameworkRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.serviceToken = new Provider(this, 'Framework', { onEventHandler: onEvent, logGroup, frameworkOnEventRole: role }).serviceToken;
    this.codeVersion = FileSystem.fingerprint(lambdaAssetPath('read-only-role'));
  }
}
