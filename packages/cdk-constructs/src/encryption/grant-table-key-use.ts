import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/** Leave to use a DynamoDB table that a key encrypts: DynamoDB asks for these on behalf of whoever reads or writes an item. */
export function grantTableKeyUse(key: IKey, grantee: IGrantable): Grant {
  return key.grant(grantee, 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey');
}
