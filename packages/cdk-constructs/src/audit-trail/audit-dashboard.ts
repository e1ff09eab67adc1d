import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, SingleValueWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { QueryActions } from '../query-actions/query-actions.js';
import type { AuditMetrics } from './audit-metrics.js';

/** Questions, refusals, latency, tokens and, with prices, cost, as an operator looks for them: what happened, how fast, for how much. */
export function auditDashboard(scope: Construct, id: string, metrics: AuditMetrics, actions: QueryActions): Dashboard {
  const dashboard = new Dashboard(scope, id, { defaultInterval: Duration.days(1) });
  const errors = actions.metricErrors();
  const cost = actions.prices === null ? [] : [metrics.metric('Cost', { label: `Cost, ${actions.prices.currency ?? 'USD'}` })];
  dashboard.addWidgets(
    new SingleValueWidget({ title: 'Today', width: 24, height: 4, setPeriodToTimeRange: true, metrics: [metrics.metric('Questions'), metrics.metric('Statements'), metrics.metric('Refusals'), metrics.metric('Failures'), metrics.metric('CacheHits'), ...cost] }),
    new GraphWidget({ title: 'Questions and how they ended', width: 12, height: 7, left: [metrics.metric('Questions'), metrics.metric('Refusals'), metrics.metric('Abstentions'), metrics.metric('Failures')] }),
    new GraphWidget({ title: 'Errors of the functions', width: 12, height: 7, left: [errors.generateQuery, errors.executeQuery] }),
    new GraphWidget({
      title: 'Latency, ms', width: 12, height: 7,
      left: (['GenerateLatency', 'ExecuteLatency'] as const).flatMap((name) => ['p50', 'p95'].map((statistic) => metrics.metric(name, { statistic, label: `${name} ${statistic}` }))),
    }),
    new GraphWidget({ title: cost.length === 0 ? 'Tokens' : 'Tokens and cost', width: 12, height: 7, left: [metrics.metric('InputTokens'), metrics.metric('OutputTokens')], right: cost }),
  );
  return dashboard;
}
