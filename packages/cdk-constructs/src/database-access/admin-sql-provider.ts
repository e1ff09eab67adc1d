import { Duration, FileSystem } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { lambdaAssetPath } from '../assets/lambda-asset.js';
import type { LambdaAsset } from '../assets/lambda-asset.js';
import type { AuroraDatabase } from '../aurora/aurora-database.js';
import { grantDataApi } from './grant-data-api.js';
import { assetFunction } from '../functions/asset-function.js';
import { allowNetworkInterfaces, vpcProps } from '../functions/function-network.js';
import type { FunctionNetwork } from '../functions/function-network.js';
import { acknowledgeWildcard } from '../validation/wildcard-resource.js';
import { retainedLogGroup } from '../logging/retained-log-group.js';
import type { LogSettings } from '../logging/retained-log-group.js';

export interface AdminSqlProviderProps {
  readonly database: AuroraDatabase;
  /** The login that the function makes. */
  readonly secret: ISecret;
  readonly asset: Extract<LambdaAsset, 'read-only-role' | 'vector-store'>;
  readonly description: string;
  readonly logs?: LogSettings;
  /** Of both functions, this one and the framework's, which calls Lambda and answers CloudFormation through S3. */
  readonly network?: FunctionNetwork;
}

/**
 * The function that CloudFormation calls to run statements as the admin user and make one login. Each login has its own
 * function, so that none may read another's secret.
 */
export class AdminSqlProvider extends Construct {
  readonly serviceToken: string;
  /** Changes with the code, so that a new version of the statements is applied. */
  readonly codeVersion: string;

  constructor(scope: Construct, id: string, props: AdminSqlProviderProps) {
    super(scope, id);
    const onEvent = assetFunction(this, 'OnEvent', {
      asset: props.asset,
      description: props.description,
      timeout: Duration.minutes(5),
      ...(props.logs === undefined ? {} : { logs: props.logs }),
      ...(props.network === undefined ? {} : { network: props.network }),
    });
    grantDataApi(onEvent, props.database.clusterArn, 'write');
    props.database.adminSecret.grantRead(onEvent);
    props.secret.grantRead(onEvent);

    const logGroup = retainedLogGroup(this, 'FrameworkLogs', props.logs);
    const role = new Role(this, 'FrameworkRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    if (props.network !== undefined) allowNetworkInterfaces(role);
    this.serviceToken = new Provider(this, 'Framework', { onEventHandler: onEvent, logGroup, frameworkOnEventRole: role, ...vpcProps(props.network) }).serviceToken;
    acknowledgeWildcard(role, `${onEvent.functionArn}:*`, 'The provider framework grants the versions of the one function along with it.');
    this.codeVersion = FileSystem.fingerprint(lambdaAssetPath(props.asset));
  }
}
