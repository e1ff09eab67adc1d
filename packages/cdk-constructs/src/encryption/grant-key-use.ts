import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/** Leave to read and write data that is encrypted with a key: envelope encryption needs these two, and no wildcards. */
export function grantKeyUse(key: IKey, grantee: IGrantable): Grant {
  return key.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
}
