import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
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
  Rows: { pattern: FilterPattern.numberValue('$.audit.rows', '>=', 0), value: '$.audit.rows' },
} as const satisfies Readonly<Record<string, { readonly pattern: IFilterPattern; readonly value: string }>>;

export type AuditMetricName = keyof typeof counted;

/** What a model costs, in US dollars for a million tokens. Prices differ by model, region and time, so nobody's are built in. */
export interface ModelPrices {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
}

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

  /** US dollars, from the tokens counted. */
  cost(prices: ModelPrices, options?: MetricOptions): MathExpression {
    return new MathExpression({
      expression: `(input * ${prices.inputPerMillion} + output * ${prices.outputPerMillion}) / 1000000`,
      usingMetrics: { input: this.metric('InputTokens', options), output: this.metric('OutputTokens', options) },
      label: 'Cost, USD',
      ...(options?.period === undefined ? {} : { period: options.period }),
    });
  }
}
