import type * as OpenTelemetry from '@opentelemetry/api';
import type { Engine } from '../parameters/scan-statement.js';
import type { CallEvent, CallFailure } from './data-api-hooks.js';
import type { CallTracer } from './call-span.js';

/**
 * Makes a tracer on @opentelemetry/api when the application has it; undefined when it has not.
 *
 * Attributes follow OpenTelemetry's semantic conventions for database clients. The statement is recorded with its
 * placeholders, never with values.
 */
export async function loadTracer(engine: Engine): Promise<CallTracer | undefined> {
  try {
    const api: typeof OpenTelemetry = await import('@opentelemetry/api');
    return createTracer(api, engine);
  } catch {
    return undefined;
  }
}

function createTracer(api: typeof OpenTelemetry, engine: Engine): CallTracer {
  return {
    start: (event) => {
      const tracer = api.trace.getTracer('@ask-aurora/data-api-client');
      const span = tracer.startSpan(spanName(event), { kind: api.SpanKind.CLIENT, attributes: attributes(event, engine) });
      return {
        run: (call) => api.context.with(api.trace.setSpan(api.context.active(), span), call),
        end: ({ rowCount, attempts }) => {
          span.setAttribute('db.response.returned_rows', rowCount);
          if (attempts > 1) span.setAttribute('http.request.resend_count', attempts - 1);
          span.end();
        },
        fail: ({ error }: CallFailure) => {
          span.setAttribute('error.type', error.code);
          if (error.sqlState !== undefined) span.setAttribute('db.response.status_code', error.sqlState);
          span.setStatus({ code: api.SpanStatusCode.ERROR, message: error.message });
          span.end();
        },
      };
    },
  };
}

function spanName({ label, operation, sql }: CallEvent): string {
  if (label !== undefined) return label;
  return operation === 'execute' ? (/^\s*(\w+)/u.exec(sql)?.[1]?.toUpperCase() ?? 'EXECUTE') : operation.toUpperCase();
}

function attributes({ operation, sql, database }: CallEvent, engine: Engine): Record<string, string> {
  return {
    'db.system.name': engine,
    'db.operation.name': operation,
    ...(sql === '' ? {} : { 'db.query.text': sql }),
    ...(database === undefined ? {} : { 'db.namespace': database }),
    'rpc.system': 'aws-api',
    'rpc.service': 'RDSDataService',
  };
}
