import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { AuditRecord } from '../audit/audit-record.js';
import type { AuditSink } from '../audit/audit-sink.js';
import { describeFault } from '../fault/describe-fault.js';
import type { LambdaContext } from './create-action-lambda.js';

/** Log, metrics and trace of a function, through Powertools for AWS Lambda. */
export interface Telemetry {
  readonly audit: AuditSink;
  readonly onFault: (error: unknown) => void;
  /** Runs one invocation inside its trace segment, and publishes its metrics at the end. */
  around<T>(context: LambdaContext, work: () => Promise<T>): Promise<T>;
}

/**
 * Sets up the telemetry of a function. Audit records are log lines of the message `audit`; metrics are written in the
 * embedded metric format; the tracer is loaded only where X-Ray is at work.
 * @param action the service's name, and the name of the trace's subsegment
 */
export function createTelemetry(action: AuditRecord['action'], environment: Readonly<Record<string, string | undefined>> = process.env): Telemetry {
  const logger = new Logger({ serviceName: action });
  const metrics = new Metrics({ namespace: environment['POWERTOOLS_METRICS_NAMESPACE'] ?? 'AskAurora', serviceName: action });
  // The X-Ray SDK costs a cold start more than all else here, so it waits until an invocation is traced.
  const traced = environment['POWERTOOLS_TRACE_ENABLED'] !== 'false' && environment['AWS_LAMBDA_FUNCTION_NAME'] !== undefined;
  let last: AuditRecord | undefined;
  let cold = true;

  return {
    audit: {
      record(record) {
        last = record;
        logger.info('audit', { audit: record });
        measure(metrics, record);
      },
    },
    onFault: (error) => logger.error('fault', { fault: describeFault(error) }),
    async around(context, work) {
      logger.appendKeys({ function_request_id: context.awsRequestId, cold_start: cold });
      if (cold) metrics.singleMetric().addMetric('ColdStart', MetricUnit.Count, 1);
      cold = false;
      last = undefined;
      const isSampled = traced && (process.env['_X_AMZN_TRACE_ID'] ?? '').includes('Sampled=1');
      try {
        if (!isSampled) return await work();
        const { inSubsegment } = await import('./trace-invocation.js');
        return await inSubsegment(action, work, () => last);
      } finally {
        metrics.publishStoredMetrics();
      }
    },
  };
}

function measure(metrics: Metrics, record: AuditRecord): void {
  metrics.addDimensions({ action: record.action, front: record.front, outcome: record.outcome });
  metrics.addMetric('Calls', MetricUnit.Count, 1);
  metrics.addMetric('Duration', MetricUnit.Milliseconds, record.durations['total'] ?? 0);
  if (record.rows !== null) metrics.addMetric('Rows', MetricUnit.Count, record.rows);
  if (record.bytes !== null) metrics.addMetric('Bytes', MetricUnit.Bytes, record.bytes);
  if (record.planCost !== null) metrics.addMetric('PlanCost', MetricUnit.NoUnit, record.planCost);
  if (record.cache === 'hit') metrics.addMetric('CacheHits', MetricUnit.Count, 1);
  if (record.model !== null) {
    metrics.addMetric('InputTokens', MetricUnit.Count, record.model.inputTokens);
    metrics.addMetric('OutputTokens', MetricUnit.Count, record.model.outputTokens);
    if (record.model.cost !== null) metrics.addMetric('Cost', MetricUnit.NoUnit, record.model.cost);
  }
}
