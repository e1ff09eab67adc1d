import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup, IFilterPattern } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** What is counted of the audit records, by metric name: which records, and what each is worth. */
const counted = {
  Questions: { pattern: FilterPattern.stringValue('$.audit.action', '=', 'generate-query'), value: '1' },
  Statements: { pattern: FilterPattern.stringValue('$.audit.action', '=', 'execute-query'), value: '1' },
  Refusals: { pattern: FilterPattern.stringValue('$.audit.outcome', '=', 'refusal'), value: '1' },
  Abstentions: { pattern: FilterPattern.stringValue('$.audit.outcome', '=', 'abstention'), value: '1' },
  Failures: { pattern: FilterPattern.stringValue('$.audit.outcome', '=', 'failure'), value: '1' },
  GenerateLatency: { pattern: FilterPattern.stringValue('$.audit.action', '=', 'generate-query'), value: '$.audit.durations.total' },
  ExecuteLatency: { pattern: FilterPattern.stringValue('$.audit.action', '=', 'execute-query'), value: '$.audit.durations.total' },
  InputTokens: { pattern: FilterPattern.exists('$.audit.model.inputTokens'), value: '$.audit.model.inputTokens' },
  OutputTokens: { pattern: FilterPattern.exists('$.audit.model.outputTokens'), value: '$.audit.model.outputTokens' },
  /** In the currency of the model's prices; only where those were given. */
  Cost: { pattern: FilterPattern.numberValue('$.audit.model.cost', '>=', 0), value: '$.audit.model.cost' },
  CacheHits: { pattern: FilterPattern.stringValue('$.audit.cache', '=', 'hit'), value: '1' },
  Rows: { pattern: FilterPattern.numberValue('$.audit.rows', '>=', 0), value: '$.audit.rows' },
} as const satisfies Readonly<Record<string, { readonly pattern: IFilterPattern; readonly value: string }>>;

export type AuditMetricName = keyof typeof counted;

/** Metric filters over the log groups in which the actions write their audit records. */
export class AuditMetrics extends Construct {
  readonly #namespace: string;

  constructor(scope: Construct, id: string, props: { readonly logGroups: readonly ILogGroup[]; readonly namespace: string }) {
    super(scope, id);
    this.#namespace = props.namespace;
    for (const [index, logGroup] of props.logGroups.entries()) {
      for (const [metricName, { pattern, value }] of Object.entries(counted)) {
        new MetricFilter(this, `${metricName}${index}`, { logGroup, metricNamespace: props.namespace, metricName, filterPattern: pattern, metricValue: value });
      }
    }
  }

  metric(metricName: AuditMetricName, options?: MetricOptions): Metric {
    return new Metric({ namespace: this.#namespace, metricName, statistic: 'Sum', ...options }).attachTo(this);
  }
}
