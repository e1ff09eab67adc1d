import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../validation/acknowledge.js';

/** A private, versioned bucket for documents of a few kilobytes that functions keep up to date. */
export function artifactBucket(scope: Construct, id: string, props: { readonly encryptionKey?: IKey; readonly removalPolicy?: RemovalPolicy } = {}): Bucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    // A bucket that isn't empty would keep the stack from being deleted.
    autoDeleteObjects: props.removalPolicy === RemovalPolicy.DESTROY,
    ...(props.encryptionKey === undefined ? { encryption: BucketEncryption.S3_MANAGED } : { encryption: BucketEncryption.KMS, encryptionKey: props.encryptionKey, bucketKeyEnabled: true }),
  });
  acknowledge(bucket, 'AwsSolutions-S1', 'Holds documents that functions of this stack write and read; their calls are in CloudTrail.');
  return bucket;
}
