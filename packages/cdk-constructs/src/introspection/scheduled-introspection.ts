import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import type { IEventBus, IRuleTarget } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSchedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { assetFunction } from '../functions/asset-function.js';
import type { FunctionNetwork } from '../functions/function-network.js';
import type { LogSettings } from '../logging/retained-log-group.js';
import { PropsCheck } from '../props/props-check.js';
import { ArtifactSource } from '../query-actions/artifact-source.js';
import type { QueryAccess } from '../read-only-role/query-access.js';
import { grantListing, grantObjects } from '../storage/grant-objects.js';
import { acknowledge } from '../validation/acknowledge.js';
import { acknowledgeWildcard } from '../validation/wildcard-resource.js';
import { artifactBucket } from './artifact-bucket.js';
import { schemaChangeEvent } from './schema-change-event.js';

/** Where the artifact is kept. */
export interface ArtifactStorage {
  /** @default a new private, versioned bucket that outlives the stack */
  readonly bucket?: IBucket;
  /** @default schema.json */
  readonly key?: string;
  /** Under this prefix a document is kept for each relation, for `SchemaKnowledgeBase`; ends in a slash. @default none */
  readonly documentPrefix?: string;
  /** Encrypts a new bucket. @default the key of S3 */
  readonly encryptionKey?: IKey;
  /** Of a new bucket; DESTROY empties it too. @default RETAIN */
  readonly removalPolicy?: RemovalPolicy.RETAIN | RemovalPolicy.DESTROY;
}

export interface ScheduledIntrospectionProps {
  /** Whose rights decide what is seen. */
  readonly access: QueryAccess;
  /** At least one. */
  readonly schemas: readonly string[];
  /** Relations whose values may be read into the artifact, as `schema.relation` or `schema.*`. @default none */
  readonly sampleValues?: readonly string[];
  /** Comments, synonyms and verified queries to merge in. @default none */
  readonly overlay?: ArtifactSource;
  readonly storage?: ArtifactStorage;
  /** @default every six hours, and once on each deployment that changes the function */
  readonly every?: Duration;
  readonly operation?: {
    /** Where the event of a change goes. @default the account's default bus */
    readonly eventBus?: IEventBus;
    readonly network?: FunctionNetwork;
    readonly logs?: LogSettings;
    /** @default true */
    readonly runOnDeployment?: boolean;
  };
}

/**
 * Keeps the schema artifact like the database: reads the catalog on a schedule, writes the artifact when it differs
 * and sends an event that says what changed.
 *
 * Give `artifact` to `QueryActions` as its schema. A run that keeps failing ends up in a dead-letter queue.
 */
export class ScheduledIntrospection extends Construct {
  readonly function: LambdaFunction;
  readonly bucket: IBucket;
  readonly key: string;
  /** The artifact, for `QueryActions`. */
  readonly artifact: ArtifactSource;
  readonly deadLetters: Queue;
  readonly documentPrefix: string | undefined;
  readonly #bus: IEventBus;

  constructor(scope: Construct, id: string, props: ScheduledIntrospectionProps) {
    super(scope, id);
    checkProps(this, props);
    const { storage = {}, operation = {} } = props;
    this.key = storage.key ?? 'schema.json';
    this.documentPrefix = storage.documentPrefix;
    this.bucket = storage.bucket ?? (artifactBucket(this, 'Artifacts', {
      ...(storage.encryptionKey === undefined ? {} : { encryptionKey: storage.encryptionKey }),
      ...(storage.removalPolicy === undefined ? {} : { removalPolicy: storage.removalPolicy }),
    }) as IBucket);
    this.artifact = ArtifactSource.fromBucket(this.bucket, this.key);
    this.#bus = operation.eventBus ?? EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    const overlay = props.overlay?.bind(this, 'Overlay');

    this.function = assetFunction(this, 'Function', {
      asset: 'introspect-schema',
      description: 'Writes the schema artifact when the database schema changed',
      timeout: Duration.minutes(5),
      memory: 512,
      reservedConcurrency: 1,
      environment: {
        ASK_AURORA_RESOURCE_ARN: props.access.database.clusterArn,
        ASK_AURORA_SECRET_ARN: props.access.secret.secretArn,
        ASK_AURORA_DATABASE: props.access.database.databaseName,
        ASK_AURORA_SCHEMAS: JSON.stringify(props.schemas),
        ASK_AURORA_SAMPLE_VALUES: JSON.stringify(props.sampleValues ?? []),
        ASK_AURORA_ARTIFACT_BUCKET: this.bucket.bucketName,
        ASK_AURORA_ARTIFACT_KEY: this.key,
        ASK_AURORA_EVENT_BUS: this.#bus.eventBusName,
        ...(this.documentPrefix === undefined ? {} : { ASK_AURORA_DOCUMENT_PREFIX: this.documentPrefix }),
        ...(typeof overlay?.s3Url === 'string' ? { ASK_AURORA_OVERLAY_S3: overlay.s3Url } : {}),
      },
      ...(operation.network === undefined ? {} : { network: operation.network }),
      ...(operation.logs === undefined ? {} : { logs: operation.logs }),
    });
    props.access.grantQuery(this.function);
    this.#grantStorage();
    this.#bus.grantPutEventsTo(this.function);
    overlay?.grantRead(this.function);
    for (const dependency of props.access.ready) this.function.node.addDependency(dependency);

    this.deadLetters = new Queue(this, 'DeadLetters', { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14), removalPolicy: RemovalPolicy.DESTROY });
    acknowledge(this.deadLetters, 'AwsSolutions-SQS3', 'It is the dead-letter queue.');
    this.#createSchedule(props.every ?? Duration.hours(6));
    if (operation.runOnDeployment !== false) new Trigger(this, 'FirstRun', { handler: this.function, timeout: Duration.minutes(5) });
  }

  /** Calls the target whenever the schema changed; the event's detail is a `SchemaChange`. */
  onChange(id: string, target: IRuleTarget): Rule {
    return new Rule(this, id, { eventBus: this.#bus, eventPattern: { source: [schemaChangeEvent.source], detailType: [schemaChangeEvent.detailType] }, targets: [target] });
  }

  grantRead(grantee: IGrantable): Grant {
    return grantObjects(grantee, this.bucket, this.key, 'read');
  }

  #grantStorage(): void {
    grantObjects(this.function, this.bucket, this.key, 'read', 'write');
    grantListing(this.function, this.bucket, this.key);
    if (this.documentPrefix === undefined) return;
    const documents = `${this.documentPrefix}*`;
    grantObjects(this.function, this.bucket, documents, 'write', 'delete');
    grantListing(this.function, this.bucket, documents);
    acknowledgeWildcard(this, this.bucket.arnForObjects(documents), 'One document for each relation, under a prefix of its own.');
  }

  #createSchedule(every: Duration): void {
    const role = new Role(this, 'ScheduleRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }) });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }));
    new CfnSchedule(this, 'Schedule', {
      description: 'Reads the database schema',
      scheduleExpression: ScheduleExpression.rate(every).expressionString,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.function.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
        deadLetterConfig: { arn: this.deadLetters.queueArn },
      },
    }).node.addDependency(role);
  }

  /** Runs that failed after all retries. */
  metricFailures(options?: MetricOptions): Metric {
    return this.deadLetters.metricApproximateNumberOfMessagesVisible(options);
  }
}

function checkProps(scope: Construct, props: ScheduledIntrospectionProps): void {
  new PropsCheck(scope)
    .count('schemas', props.schemas, { min: 1, max: 100 })
    .seconds('every', props.every, { min: 60, max: 366 * 86_400 })
    .text('storage.key', props.storage?.key, { min: 1, max: 1024, pattern: /^[^/]/, form: 'a key without a leading slash' })
    .text('storage.documentPrefix', props.storage?.documentPrefix, { min: 2, max: 512, pattern: /^[^/].*\/$/, form: 'a prefix that ends in a slash and does not begin with one' })
    .require(props.storage?.bucket === undefined || props.storage.encryptionKey === undefined, 'storage.encryptionKey belongs to a new bucket, not to a given one')
    .require(props.storage?.bucket === undefined || props.storage.removalPolicy === undefined, 'storage.removalPolicy belongs to a new bucket, not to a given one')
    .require(props.access.database.engine.dialect === 'postgresql', 'introspection reads the catalog of PostgreSQL; write the artifact of a MySQL database by hand')
    .done();
}
