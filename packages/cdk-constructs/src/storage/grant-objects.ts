import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { grantKeyUse } from '../encryption/grant-key-use.js';

const actions = { read: ['s3:GetObject'], write: ['s3:PutObject'], delete: ['s3:DeleteObject'] } as const;

/**
 * Leave for exactly these operations on exactly these objects: the CDK's own grants name actions with wildcards, and
 * listing of the whole bucket with reading.
 */
export function grantObjects(grantee: IGrantable, bucket: IBucket, keys: string, ...operations: readonly (keyof typeof actions)[]): Grant {
  const grant = Grant.addToPrincipal({ grantee, actions: operations.flatMap((operation) => actions[operation]), resourceArns: [bucket.arnForObjects(keys)] });
  const key = bucket.encryptionKey;
  if (key === undefined) return grant;
  return grant.combine(operations.includes('write') ? grantKeyUse(key, grantee) : key.grantDecrypt(grantee));
}

/** Leave to see which objects there are under a prefix; without it, a missing object looks like a forbidden one. */
export function grantListing(grantee: IGrantable, bucket: IBucket, prefix: string): Grant {
  return Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [bucket.bucketArn], conditions: { StringLike: { 's3:prefix': prefix } } });
}
