import { FlowLogDestination, FlowLogTrafficType, IpAddresses, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { retainedLogGroup } from '../logging/retained-log-group.js';
import type { LogSettings } from '../logging/retained-log-group.js';

export interface IsolatedNetworkProps {
  /** @default 2, the least that Aurora takes */
  readonly availabilityZones?: number;
  /** @default 10.0.0.0/16 */
  readonly cidr?: string;
  /** Records accepted and rejected traffic; `false` turns it off. @default kept for one year */
  readonly flowLogs?: LogSettings | false;
}

/**
 * A VPC without a way in or out: no internet gateway, no NAT, no public subnet.
 *
 * Only the database lies in it, and that is reached from outside through the Data API; so its one cost is its flow logs.
 */
export class IsolatedNetwork extends Construct {
  readonly vpc: Vpc;

  constructor(scope: Construct, id: string, props: IsolatedNetworkProps = {}) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(props.cidr ?? '10.0.0.0/16'),
      maxAzs: props.availabilityZones ?? 2,
      natGateways: 0,
      createInternetGateway: false,
      subnetConfiguration: [{ name: 'database', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
    });
    if (props.flowLogs === false) return;
    this.vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(retainedLogGroup(this, 'FlowLogs', props.flowLogs)),
      trafficType: FlowLogTrafficType.ALL,
    });
  }
}
