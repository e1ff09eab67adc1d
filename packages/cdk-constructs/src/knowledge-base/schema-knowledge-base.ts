import { ArnFormat, Aws, Names, Stack } from 'aws-cdk-lib';
import { CfnDataSource, CfnKnowledgeBase } from 'aws-cdk-lib/aws-bedrock';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { AgentKnowledge } from '../agent/sql-agent.js';
import type { ScheduledIntrospection } from '../introspection/scheduled-introspection.js';
import { PropsCheck } from '../props/props-check.js';
import { grantListing, grantObjects } from '../storage/grant-objects.js';
import { acknowledgeWildcard } from '../validation/wildcard-resource.js';
import { auroraVectorStorage } from './aurora-vector-storage.js';
import type { AuroraVectors } from './aurora-vector-storage.js';
import type { KnowledgeOperation } from './knowledge-operation.js';
import { KnowledgeSync } from './knowledge-sync.js';
import { s3VectorStorage } from './s3-vector-storage.js';

/** Where the vectors are kept: S3 Vectors costs by use and needs no server; Aurora keeps them beside the data. */
export type KnowledgeVectors = 's3-vectors' | AuroraVectors;

export interface SchemaKnowledgeBaseProps {
  /** Made with `storage.documentPrefix`: it writes the documents and says when they changed. */
  readonly introspection: ScheduledIntrospection;
  /** @default s3-vectors */
  readonly vectors?: KnowledgeVectors;
  /** A text embedding model of the stack's region. @default amazon.titan-embed-text-v2:0 */
  readonly embeddingModelId?: string;
  /** Of the embedding. @default 1,024 */
  readonly dimensions?: number;
  /** Encrypts the vectors of S3. @default a key of AWS */
  readonly encryptionKey?: IKey;
  readonly operation?: KnowledgeOperation;
}

/**
 * A Bedrock knowledge base of the schema, one document a relation, for databases too large for a prompt. It is brought
 * up to date whenever the schema changes.
 */
export class SchemaKnowledgeBase extends Construct implements AgentKnowledge {
  readonly knowledgeBaseId: string;
  readonly knowledgeBaseArn: string;
  readonly description = 'Tables, columns and keys of the database. Look here for which tables hold what a question is about.';
  readonly role: Role;
  readonly #sync: KnowledgeSync;

  constructor(scope: Construct, id: string, props: SchemaKnowledgeBaseProps) {
    super(scope, id);
    const { introspection } = props;
    const prefix = introspection.documentPrefix;
    new PropsCheck(this)
      .require(prefix !== undefined, 'introspection must be made with storage.documentPrefix, else there are no documents')
      .integer('dimensions', props.dimensions, { min: 256, max: 4096 })
      .require(props.encryptionKey === undefined || (props.vectors ?? 's3-vectors') === 's3-vectors', 'encryptionKey is for vectors in S3; those in Aurora have the key of the cluster')
      .done();
    const dimensions = props.dimensions ?? 1024;
    const modelArn = Stack.of(this).formatArn({ service: 'bedrock', account: '', resource: 'foundation-model', resourceName: props.embeddingModelId ?? 'amazon.titan-embed-text-v2:0' });
    this.role = this.#createRole(modelArn, introspection, `${prefix ?? ''}*`);
    const storage = (props.vectors ?? 's3-vectors') === 's3-vectors'
      ? s3VectorStorage(this, 'Vectors', { dimensions, role: this.role, ...(props.encryptionKey === undefined ? {} : { encryptionKey: props.encryptionKey }) })
      : auroraVectorStorage(this, 'Vectors', { ...(props.vectors as AuroraVectors), dimensions, role: this.role, operation: props.operation ?? {} });

    const knowledgeBase = new CfnKnowledgeBase(this, 'KnowledgeBase', {
      name: Names.uniqueResourceName(this, { maxLength: 90, separator: '-' }),
      description: this.description,
      roleArn: this.role.roleArn,
      knowledgeBaseConfiguration: {
        type: 'VECTOR',
        vectorKnowledgeBaseConfiguration: { embeddingModelArn: modelArn, embeddingModelConfiguration: { bedrockEmbeddingModelConfiguration: { dimensions } } },
      },
      storageConfiguration: storage.configuration,
    });
    // Bedrock checks the role and the store when the knowledge base is made.
    knowledgeBase.node.addDependency(this.role, ...storage.ready);
    this.knowledgeBaseId = knowledgeBase.attrKnowledgeBaseId;
    this.knowledgeBaseArn = knowledgeBase.attrKnowledgeBaseArn;

    const source = new CfnDataSource(this, 'Documents', {
      name: 'schema',
      knowledgeBaseId: this.knowledgeBaseId,
      // The vectors go with their store; asking Bedrock to delete them from one that is gone would block the stack's deletion.
      dataDeletionPolicy: 'RETAIN',
      dataSourceConfiguration: { type: 'S3', s3Configuration: { bucketArn: introspection.bucket.bucketArn, inclusionPrefixes: [prefix ?? ''] } },
      vectorIngestionConfiguration: { chunkingConfiguration: { chunkingStrategy: 'NONE' } },
    });
    this.#sync = new KnowledgeSync(this, 'Sync', { knowledgeBaseId: this.knowledgeBaseId, knowledgeBaseArn: this.knowledgeBaseArn, dataSourceId: source.attrDataSourceId, introspection, logs: props.operation?.logs });
  }

  /** Leave to search. */
  grantRetrieve(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['bedrock:Retrieve'], resourceArns: [this.knowledgeBaseArn] });
  }

  /** Synchronizations that could not be begun, after all retries: the knowledge is older than the schema. */
  metricSyncFailures(options?: MetricOptions): Metric {
    return this.#sync.stateMachine.metricFailed(options);
  }

  #createRole(modelArn: string, introspection: ScheduledIntrospection, documents: string): Role {
    const bases = Stack.of(this).formatArn({ service: 'bedrock', resource: 'knowledge-base', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    const role = new Role(this, 'Role', {
      description: 'What the knowledge base acts as',
      assumedBy: new ServicePrincipal('bedrock.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ArnLike: { 'aws:SourceArn': bases } } }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['bedrock:InvokeModel'], resources: [modelArn] }));
    grantObjects(role, introspection.bucket, documents, 'read');
    grantListing(role, introspection.bucket, documents);
    acknowledgeWildcard(role, introspection.bucket.arnForObjects(documents), 'One document for each relation, under a prefix of its own.');
    return role;
  }
}
