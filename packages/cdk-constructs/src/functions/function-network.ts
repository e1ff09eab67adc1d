import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { acknowledge } from '../validation/acknowledge.js';

/** Where a function runs. Without it, outside every VPC: the Data API is a public endpoint, authorized by IAM. */
export interface FunctionNetwork {
  /** Needs a way to the AWS services that the function calls: endpoints, or NAT. The README lists them. */
  readonly vpc: IVpc;
  readonly subnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
}

/** As the CDK's functions, and its provider framework, take it. */
export function vpcProps(network: FunctionNetwork | undefined): { vpc?: IVpc; vpcSubnets?: SubnetSelection; securityGroups?: ISecurityGroup[] } {
  if (network === undefined) return {};
  return {
    vpc: network.vpc,
    ...(network.subnets === undefined ? {} : { vpcSubnets: network.subnets }),
    ...(network.securityGroups === undefined ? {} : { securityGroups: network.securityGroups }),
  };
}

/** What Lambda itself needs to place a function in subnets; the actions take no narrower resource. */
export function allowNetworkInterfaces(role: Role): void {
  role.addToPolicy(new PolicyStatement({
    actions: ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
    resources: ['*'],
  }));
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'The network interfaces of Lambda have no resource to name.');
}
