import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnIndex, CfnVectorBucket } from 'aws-cdk-lib/aws-s3vectors';
import { Construct } from 'constructs';
import type { VectorStorage } from './vector-storage.js';
import { grantKeyUse } from '../encryption/grant-key-use.js';

export interface S3VectorStorageProps {
  readonly dimensions: number;
  readonly role: Role;
  readonly encryptionKey?: IKey;
}

/** An index of S3 Vectors of its own, which the knowledge base alone may write to. */
export function s3VectorStorage(scope: Construct, id: string, props: S3VectorStorageProps): VectorStorage {
  const parent = new Construct(scope, id);
  const bucket = new CfnVectorBucket(parent, 'Bucket', props.encryptionKey === undefined ? {} : { encryptionConfiguration: { sseType: 'aws:kms', kmsKeyArn: props.encryptionKey.keyArn } });
  const index = new CfnIndex(parent, 'Index', {
    vectorBucketArn: bucket.attrVectorBucketArn,
    dataType: 'float32',
    dimension: props.dimensions,
    distanceMetric: 'cosine',
    // Bedrock keeps each document's text here; as filterable metadata it would be limited to 2 KB.
    metadataConfiguration: { nonFilterableMetadataKeys: ['AMAZON_BEDROCK_TEXT', 'AMAZON_BEDROCK_METADATA'] },
  });
  props.role.addToPolicy(new PolicyStatement({
    actions: ['s3vectors:PutVectors', 's3vectors:GetVectors', 's3vectors:DeleteVectors', 's3vectors:QueryVectors', 's3vectors:GetIndex'],
    resources: [index.attrIndexArn],
  }));
  if (props.encryptionKey !== undefined) grantKeyUse(props.encryptionKey, props.role);
  return { configuration: { type: 'S3_VECTORS', s3VectorsConfiguration: { indexArn: index.attrIndexArn } }, ready: [index] };
}
