import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Dashboard, IAlarmAction, IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { CdkConstructsError } from '../errors/cdk-constructs-error.js';
import type { LogSettings } from '../logging/retained-log-group.js';
import { PropsCheck } from '../props/props-check.js';
import type { QueryActions } from '../query-actions/query-actions.js';
import { auditDashboard } from './audit-dashboard.js';
import { AuditMetrics } from './audit-metrics.js';
import type { AuditMetricName } from './audit-metrics.js';
import { DataApiTrail } from './data-api-trail.js';

/** When somebody should look. */
export interface AuditAlarms {
  /** Where alarms go, for example an `SnsAction`. */
  readonly actions?: readonly IAlarmAction[];
  /** Refused statements and questions in five minutes: attempts, or a prompt that went wrong. @default 20 */
  readonly refusals?: number;
  /** Failed calls in five minutes. @default 5 */
  readonly failures?: number;
  /** Calls in five minutes that either function was too busy to take: its `reservedConcurrency` is used up. @default 5 */
  readonly throttles?: number;
  /** Invocations of either function that ended without an answer, in five minutes. @default 5 */
  readonly functionErrors?: number;
  /** What the model may cost in an hour, in the currency of its `prices`, which this needs. @default 10, with prices */
  readonly costPerHour?: number;
}

/** How CloudTrail's data events of the Data API are kept. */
export interface AuditDataEvents {
  /** In a new bucket. @default one year */
  readonly retention?: Duration;
  /** Of a new bucket; DESTROY empties it too. @default RETAIN */
  readonly removalPolicy?: RemovalPolicy;
  /** One that you have, for example with Object Lock; that of another app must let CloudTrail deliver. @default a new one */
  readonly bucket?: IBucket;
  /** Of the log group beside the bucket, where they can be searched. @default kept for three months, with the trail's key */
  readonly logs?: LogSettings;
}

export interface AuditTrailProps {
  /** Whose audit records are measured. Their log groups are the actions' own: see `observability.logs` there. */
  readonly actions: QueryActions;
  /** CloudTrail's data events of the Data API; `false` when the account has a trail that records them. @default kept for one year */
  readonly dataEvents?: false | AuditDataEvents;
  /** Encrypts the trail, its bucket and its log group. @default keys of AWS */
  readonly encryptionKey?: IKey;
  /** @default AskAurora/Audit and the construct's path */
  readonly namespace?: string;
  /** `false` for none. */
  readonly alarms?: AuditAlarms | false;
  /** @default true */
  readonly dashboard?: boolean;
}

/**
 * Answers afterwards: who asked what, what was refused, how long it took and what it cost.
 *
 * The actions write one record a call, without rows, values or literals; this measures the records, alarms on them,
 * and has CloudTrail record the calls of the Data API from outside, where the functions can't leave one out.
 */
export class AuditTrail extends Construct {
  readonly trail: DataApiTrail | undefined;
  readonly dashboard: Dashboard | undefined;
  readonly alarms: readonly Alarm[];
  readonly #metrics: AuditMetrics;
  readonly #actions: QueryActions;

  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const { alarms = {} } = props;
    if (alarms !== false) {
      new PropsCheck(this)
        .integer('alarms.refusals', alarms.refusals, { min: 1, max: 1_000_000 })
        .integer('alarms.failures', alarms.failures, { min: 1, max: 1_000_000 })
        .integer('alarms.throttles', alarms.throttles, { min: 1, max: 1_000_000 })
        .integer('alarms.functionErrors', alarms.functionErrors, { min: 1, max: 1_000_000 })
        .require(alarms.costPerHour === undefined || Token.isUnresolved(alarms.costPerHour) || alarms.costPerHour > 0, 'alarms.costPerHour must be more than 0')
        .require(alarms.costPerHour === undefined || props.actions.prices !== null, 'alarms.costPerHour needs the prices of the actions\' model')
        .done();
    }
    if (props.dataEvents !== false) {
      const { bucket, retention, removalPolicy } = props.dataEvents ?? {};
      new PropsCheck(this).require(bucket === undefined || (retention === undefined && removalPolicy === undefined), 'dataEvents.retention and dataEvents.removalPolicy belong to a new bucket, not to a given one').done();
    }
    const namespace = props.namespace ?? `AskAurora/Audit/${this.node.path.replaceAll('/', '-')}`;
    this.#metrics = new AuditMetrics(this, 'Metrics', { logGroups: [props.actions.generateQuery.logGroup, props.actions.executeQuery.logGroup], namespace });
    if (props.dataEvents !== false) this.trail = this.#createTrail(props, props.dataEvents ?? {});
    this.#actions = props.actions;
    this.alarms = alarms === false ? [] : this.#createAlarms(alarms, props.actions);
    if (props.dashboard !== false) this.dashboard = auditDashboard(this, 'Dashboard', this.#metrics, props.actions);
  }

  /** Leave to read the audit: the functions' logs, which hold the records, and the trail's bucket and log group. */
  grantRead(grantee: IGrantable): Grant {
    const { generateQuery, executeQuery } = this.#actions;
    const grant = generateQuery.logGroup.grantRead(grantee).combine(executeQuery.logGroup.grantRead(grantee));
    return this.trail === undefined ? grant : grant.combine(this.trail.grantRead(grantee));
  }

  /** A count, time or sum over the audit records; see `AuditMetricName`. Milliseconds for times. */
  metric(name: AuditMetricName, options?: MetricOptions): Metric {
    return this.#metrics.metric(name, options);
  }

  metricQuestions(options?: MetricOptions): Metric {
    return this.metric('Questions', options);
  }

  metricRefusals(options?: MetricOptions): Metric {
    return this.metric('Refusals', options);
  }

  /**
   * What the model that writes SQL cost, in the currency of its prices. An agent's own model is not in it: Bedrock
   * counts its tokens.
   *
   * @throws CdkConstructsError `invalid-props` when the model has no `prices`
   */
  metricCost(options?: MetricOptions): Metric {
    if (this.#actions.prices === null) throw new CdkConstructsError('invalid-props', `${this.node.path}: metricCost needs the prices of the actions' model.`);
    return this.#metrics.metric('Cost', options);
  }

  #createTrail(props: AuditTrailProps, options: AuditDataEvents): DataApiTrail {
    const key = props.encryptionKey;
    const logs: LogSettings = { retention: RetentionDays.THREE_MONTHS, ...(key === undefined ? {} : { encryptionKey: key }), ...options.logs };
    return new DataApiTrail(this, 'DataApi', {
      clusterArn: props.actions.access.database.clusterArn,
      retention: options.retention ?? Duration.days(365),
      removalPolicy: options.removalPolicy ?? RemovalPolicy.RETAIN,
      logs,
      ...(options.bucket === undefined ? {} : { bucket: options.bucket }),
      ...(key === undefined ? {} : { encryptionKey: key }),
    });
  }

  #createAlarms(settings: AuditAlarms, actions: QueryActions): readonly Alarm[] {
    const alarm = (id: string, metric: IMetric, threshold: number, description: string): Alarm => {
      const created = new Alarm(this, id, {
        metric, threshold, evaluationPeriods: 1, alarmDescription: description,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      created.addAlarmAction(...(settings.actions ?? []));
      return created;
    };
    const period = Duration.minutes(5);
    const errors = actions.metricErrors({ period });
    return [
      alarm('GenerateQueryErrors', errors.generateQuery, settings.functionErrors ?? 5, 'The function that writes statements ends without an answer'),
      alarm('ExecuteQueryErrors', errors.executeQuery, settings.functionErrors ?? 5, 'The function that runs statements ends without an answer'),
      alarm('Throttles', actions.metricThrottles({ period }), settings.throttles ?? 5, 'The functions are too busy to take every call'),
      alarm('ManyRefusals', this.metric('Refusals', { period }), settings.refusals ?? 20, 'Many questions or statements were refused: attempts, or a prompt that went wrong'),
      alarm('ManyFailures', this.metric('Failures', { period }), settings.failures ?? 5, 'Questions or statements failed'),
      ...(actions.prices === null ? [] : [alarm('HighCost', this.metricCost({ period: Duration.hours(1) }), settings.costPerHour ?? 10, 'The model costs more than expected')]),
    ];
  }
}
