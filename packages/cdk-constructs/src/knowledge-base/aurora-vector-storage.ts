import { CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { AuroraDatabase } from '../aurora/aurora-database.js';
import { AdminSqlProvider } from '../database-access/admin-sql-provider.js';
import { PropsCheck } from '../props/props-check.js';
import { SecretRotation } from '../secret-rotation/secret-rotation.js';
import type { KnowledgeOperation } from './knowledge-operation.js';
import type { VectorStorage } from './vector-storage.js';

/** A table of the same Aurora PostgreSQL, with pgvector. */
export interface AuroraVectors {
  readonly database: AuroraDatabase;
  /** The login that Bedrock writes with; no other table is granted to it. @default ask_knowledge_base */
  readonly roleName?: string;
  /** @default ask_knowledge */
  readonly schema?: string;
  /** Encrypts the login's secret; the vectors have the key of the cluster. @default the key of Secrets Manager */
  readonly encryptionKey?: IKey;
  /** RETAIN leaves the table in the database. @default DESTROY, as it can be filled again */
  readonly removalPolicy?: RemovalPolicy.RETAIN | RemovalPolicy.DESTROY;
}

export interface AuroraVectorStorageProps extends AuroraVectors {
  readonly dimensions: number;
  readonly role: Role;
  readonly operation: KnowledgeOperation;
}

const table = 'chunks';

/** Makes the table and its login by a custom resource, and lets the knowledge base use them through the Data API. */
export function auroraVectorStorage(scope: Construct, id: string, props: AuroraVectorStorageProps): VectorStorage {
  const parent = new Construct(scope, id);
  const { database } = props;
  const roleName = props.roleName ?? 'ask_knowledge_base';
  const schema = props.schema ?? 'ask_knowledge';
  const name = { min: 1, max: 40, pattern: /^[a-z_][a-z0-9_]*$/, form: 'lower-case letters, digits and underscores' };
  new PropsCheck(parent)
    .require(database.engine.dialect === 'postgresql', 'vectors.database must be Aurora PostgreSQL, which has pgvector')
    .integer('dimensions', props.dimensions, { min: 1, max: 2000 })
    .text('vectors.roleName', roleName, name)
    .text('vectors.schema', schema, name)
    .done();
  const secret = new Secret(parent, 'Secret', {
    description: `Login of the knowledge base's role ${roleName}`,
    generateSecretString: { secretStringTemplate: JSON.stringify({ username: roleName }), generateStringKey: 'password', passwordLength: 40, excludePunctuation: true },
    removalPolicy: RemovalPolicy.DESTROY,
    ...(props.encryptionKey === undefined ? {} : { encryptionKey: props.encryptionKey }),
  }) as ISecret;
  const provider = new AdminSqlProvider(parent, 'Provider', { database, secret, asset: 'vector-store', description: "Creates and drops a knowledge base's table", ...props.operation });
  const store = new CustomResource(parent, 'Table', {
    resourceType: 'Custom::AskAuroraVectorStore',
    serviceToken: provider.serviceToken,
    properties: {
      ClusterArn: database.clusterArn,
      AdminSecretArn: database.adminSecret.secretArn,
      SecretArn: secret.secretArn,
      OnDelete: (props.removalPolicy ?? RemovalPolicy.DESTROY) === RemovalPolicy.DESTROY ? 'drop' : 'retain',
      Specification: Stack.of(parent).toJsonString({ role: roleName, database: database.databaseName, schema, table, dimensions: props.dimensions }),
      CodeVersion: provider.codeVersion,
    },
  });
  store.node.addDependency(provider, ...database.ready);
  new SecretRotation(parent, 'Rotation', { database, secret, every: Duration.days(30), ready: [store], ...props.operation });
  props.role.addToPolicy(new PolicyStatement({ actions: ['rds-data:ExecuteStatement', 'rds-data:BatchExecuteStatement'], resources: [database.clusterArn] }));
  props.role.addToPolicy(new PolicyStatement({ actions: ['rds:DescribeDBClusters'], resources: [database.clusterArn] }));
  secret.grantRead(props.role);
  return {
    configuration: {
      type: 'RDS',
      rdsConfiguration: {
        resourceArn: database.clusterArn,
        databaseName: database.databaseName,
        credentialsSecretArn: secret.secretArn,
        tableName: `${schema}.${table}`,
        fieldMapping: { primaryKeyField: 'id', vectorField: 'embedding', textField: 'chunks', metadataField: 'metadata', customMetadataField: 'custom_metadata' },
      },
    },
    ready: [store],
  };
}
