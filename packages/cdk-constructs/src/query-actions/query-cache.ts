import { Aws, Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { grantTableKeyUse } from '../encryption/grant-table-key-use.js';
import { PropsCheck } from '../props/props-check.js';
import { acknowledge } from '../validation/acknowledge.js';

/** What is needed of a table; every `ITable` is one. */
export type CacheTable = Pick<Table, 'tableName' | 'tableArn' | 'encryptionKey'>;

/** What may be given again, out of a DynamoDB table that all instances of the functions share. */
export interface QueryCacheOptions {
  /** How long the statement for a question is kept; it passes the guard again each time. `false`: not at all. @default 1 day */
  readonly questions?: Duration | false;
  /** How long the rows of a statement are kept, for its tenant alone. They are data of the database, in the table. @default not at all */
  readonly results?: Duration;
  /** One that you have, with a string as partition key, no sort key, and time to live on `expires_at`. @default a table of its own */
  readonly table?: CacheTable;
  /** The partition key's name. @default cache_key */
  readonly partitionKey?: string;
  /** Encrypts a table of its own. @default DynamoDB's key in this account, `aws/dynamodb` */
  readonly encryptionKey?: IKey;
  /** Of a table of its own. @default false: what is lost is found again */
  readonly pointInTimeRecovery?: boolean;
  /** Of a table of its own. @default DESTROY */
  readonly removalPolicy?: RemovalPolicy;
}

/** How the keys of each function's items begin; the functions' code makes them so, and their rights end there. */
const itemPrefix = { questions: 'exact:', results: 'rows:' } as const;
type Kept = keyof typeof itemPrefix;

/**
 * The table, and each function's own part of it. The one that writes statements can't read the rows that the other one
 * keeps, and neither can read or leave anything under the keys of other actions in the same table.
 */
export class QueryCache extends Construct {
  readonly table: CacheTable;
  readonly #prefix: string;
  readonly #keyAttribute: string;
  readonly #times: Readonly<Record<Kept, Duration | undefined>>;

  constructor(scope: Construct, id: string, options: QueryCacheOptions) {
    super(scope, id);
    check(this, options);
    this.#keyAttribute = options.partitionKey ?? 'cache_key';
    this.#times = { questions: options.questions === false ? undefined : (options.questions ?? Duration.days(1)), results: options.results };
    this.table = options.table ?? this.#createTable(options);
    // The stack's own number keeps apart what different apps put into one table.
    this.#prefix = Fn.join('.', [this.node.addr.slice(-8), Fn.select(2, Fn.split('/', Aws.STACK_ID)), '']);
  }

  /** What the function finds its part by; nothing for one that keeps nothing. */
  environment(kept: Kept): Readonly<Record<string, string>> {
    const time = this.#times[kept];
    if (time === undefined) return {};
    return {
      ASK_AURORA_CACHE_TABLE: this.table.tableName,
      ASK_AURORA_CACHE_KEY_ATTRIBUTE: this.#keyAttribute,
      ASK_AURORA_CACHE_PREFIX: this.#prefix,
      ASK_AURORA_CACHE_TTL_MS: String(time.toMilliseconds()),
    };
  }

  /** Leave to read and write single items of its part; nothing for a function that keeps nothing. */
  grant(kept: Kept, lambda: LambdaFunction): void {
    if (this.#times[kept] === undefined) return;
    lambda.addToRolePolicy(new PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      resources: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${this.#prefix}${itemPrefix[kept]}*`] },
        // "For all" is true of none: without this, a call that names no key would pass.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    }));
    if (this.table.encryptionKey !== undefined) grantTableKeyUse(this.table.encryptionKey, lambda);
  }

  #createTable(options: QueryCacheOptions): Table {
    const table = new Table(this, 'Table', {
      partitionKey: { name: this.#keyAttribute, type: AttributeType.STRING },
      timeToLiveAttribute: 'expires_at',
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: options.removalPolicy ?? RemovalPolicy.DESTROY,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: options.pointInTimeRecovery ?? false },
      ...(options.encryptionKey === undefined ? { encryption: TableEncryption.AWS_MANAGED } : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: options.encryptionKey }),
    });
    if (options.pointInTimeRecovery !== true) acknowledge(table, 'AwsSolutions-DDB3', 'A cache: whatever is lost is found again.');
    return table;
  }
}

function check(scope: Construct, options: QueryCacheOptions): void {
  const { questions, results, table } = options;
  const own = ['encryptionKey', 'pointInTimeRecovery', 'removalPolicy'] as const;
  new PropsCheck(scope)
    .seconds('cache.questions', questions === false ? undefined : questions, { min: 1, max: 30 * 86_400 })
    .seconds('cache.results', results, { min: 1, max: 86_400 })
    .text('cache.partitionKey', options.partitionKey, { min: 1, max: 255 })
    .require(questions !== false || results !== undefined, 'cache keeps neither questions nor results; leave it out')
    .require(table === undefined || own.every((name) => options[name] === undefined), `cache.${own.join(', cache.')} belong to a table of its own and have no effect on a given one`)
    .done();
}
