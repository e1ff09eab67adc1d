import type { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { lambdaAsset } from '../assets/lambda-asset.js';
import type { LambdaAsset } from '../assets/lambda-asset.js';
import { retainedLogGroup } from '../logging/retained-log-group.js';
import type { LogSettings } from '../logging/retained-log-group.js';
import { acknowledge } from '../validation/acknowledge.js';
import { allowNetworkInterfaces, vpcProps } from './function-network.js';
import type { FunctionNetwork } from './function-network.js';

export interface AssetFunctionProps {
  readonly asset: LambdaAsset;
  readonly description: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  /** MiB. @default 256 */
  readonly memory?: number;
  readonly reservedConcurrency?: number;
  readonly tracing?: boolean;
  readonly logs?: LogSettings;
  /** Encrypts the environment. @default the key of Lambda */
  readonly encryptionKey?: IKey;
  readonly network?: FunctionNetwork;
}

/**
 * A function of this package's own code, whose role may do nothing but write to its own log group. Whoever makes it
 * grants the rest. The managed policies would let it write to every log group of the account.
 */
export function assetFunction(scope: Construct, id: string, props: AssetFunctionProps): LambdaFunction {
  const logGroup = retainedLogGroup(scope, `${id}Logs`, props.logs);
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: `Runs ${props.asset}` });
  logGroup.grantWrite(role);
  if (props.network !== undefined) allowNetworkInterfaces(role);
  const lambda = new LambdaFunction(scope, id, {
    code: lambdaAsset(props.asset),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    description: props.description,
    memorySize: props.memory ?? 256,
    timeout: props.timeout,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    tracing: props.tracing === true ? Tracing.ACTIVE : Tracing.DISABLED,
    environment: { ...props.environment },
    ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
    ...(props.encryptionKey === undefined ? {} : { environmentEncryption: props.encryptionKey }),
    ...vpcProps(props.network),
  });
  if (props.tracing === true) acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'X-Ray segments have no resource to name.');
  return lambda;
}
