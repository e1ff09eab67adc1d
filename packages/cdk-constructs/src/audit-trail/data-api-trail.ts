import { ArnFormat, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { BucketProps, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { retainedLogGroup } from '../logging/retained-log-group.js';
import type { LogSettings } from '../logging/retained-log-group.js';
import { grantListing, grantObjects } from '../storage/grant-objects.js';
import { acknowledge } from '../validation/acknowledge.js';

export interface DataApiTrailProps {
  readonly clusterArn: string;
  /** How long the records stay in a new bucket. */
  readonly retention: Duration;
  /** Of a new bucket. */
  readonly removalPolicy: RemovalPolicy;
  /** One that you have, for example with Object Lock. That of another app must let CloudTrail deliver. @default a new one */
  readonly bucket?: IBucket;
  readonly encryptionKey?: IKey;
  readonly logs?: LogSettings;
}

/**
 * Who called the Data API of the cluster, and with which role: data events, which CloudTrail leaves out unless a trail
 * asks for them. The trail records nothing else, so it costs by the calls of this cluster alone.
 */
export class DataApiTrail extends Construct {
  readonly bucket: IBucket;
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: DataApiTrailProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const trailName = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    const trailArn = stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: trailName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    this.bucket = props.bucket ?? (this.#createBucket(props) as IBucket);
    this.#allowDelivery(trailArn, props.encryptionKey);
    this.logGroup = retainedLogGroup(this, 'Logs', props.logs);
    const role = new Role(this, 'LogsRole', { assumedBy: new ServicePrincipal('cloudtrail.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceArn': trailArn } } }) });
    this.logGroup.grantWrite(role);

    const trail = new CfnTrail(this, 'Trail', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: false,
      enableLogFileValidation: true,
      s3BucketName: this.bucket.bucketName,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: [{
        name: 'Calls of the Data API',
        fieldSelectors: [
          { field: 'eventCategory', equalTo: ['Data'] },
          { field: 'resources.type', equalTo: ['AWS::RDS::DBCluster'] },
          { field: 'resources.ARN', equalTo: [props.clusterArn] },
        ],
      }],
      ...(props.encryptionKey === undefined ? {} : { kmsKeyId: props.encryptionKey.keyArn }),
    });
    // CloudTrail checks both when the trail is made.
    trail.node.addDependency(this.bucket, role);
  }

  /** Leave to read the records, in S3 and in the log group. */
  grantRead(grantee: IGrantable): Grant {
    const records = `AWSLogs/${Stack.of(this).account}/*`;
    return grantObjects(grantee, this.bucket, records, 'read').combine(grantListing(grantee, this.bucket, records)).combine(this.logGroup.grantRead(grantee));
  }

  #createBucket(props: DataApiTrailProps): Bucket {
    const common: BucketProps = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: props.removalPolicy,
      // A bucket that isn't empty would keep the stack from being deleted.
      autoDeleteObjects: props.removalPolicy === RemovalPolicy.DESTROY,
      lifecycleRules: [{ expiration: props.retention, noncurrentVersionExpiration: Duration.days(1) }],
      encryption: props.encryptionKey === undefined ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS,
      ...(props.encryptionKey === undefined ? {} : { encryptionKey: props.encryptionKey, bucketKeyEnabled: true }),
    };
    const bucket = new Bucket(this, 'Records', common);
    acknowledge(bucket, 'AwsSolutions-S1', 'Holds the records of a trail; who reads them is in the management events of the account.');
    return bucket;
  }

  #allowDelivery(trailArn: string, key: IKey | undefined): void {
    const principal = new ServicePrincipal('cloudtrail.amazonaws.com');
    const conditions = { StringEquals: { 'aws:SourceArn': trailArn } };
    this.bucket.addToResourcePolicy(new PolicyStatement({ effect: Effect.ALLOW, principals: [principal], actions: ['s3:GetBucketAcl'], resources: [this.bucket.bucketArn], conditions }));
    this.bucket.addToResourcePolicy(new PolicyStatement({
      effect: Effect.ALLOW, principals: [principal], actions: ['s3:PutObject'],
      resources: [this.bucket.arnForObjects(`AWSLogs/${Stack.of(this).account}/*`)],
      conditions: { StringEquals: { 'aws:SourceArn': trailArn, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }));
    key?.addToResourcePolicy(new PolicyStatement({
      principals: [principal], actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'], resources: ['*'], conditions,
    }));
  }
}
