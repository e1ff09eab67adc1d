import type { DecodingOptions } from '../decoding/decoding-options.js';
import type { CallEvent } from '../observation/data-api-hooks.js';
import type { Parameters } from '../parameters/parameter-value.js';
import type { Engine } from '../parameters/scan-statement.js';
import type { CallControl, DataApiTransport } from '../transport/data-api-transport.js';
import type { StatementOptions } from './query-options.js';

/** What the runners of one client share. */
export interface ClientContext {
  readonly transport: DataApiTransport;
  readonly engine: Engine;
  readonly decoding: DecodingOptions;
  readonly database: string | undefined;
  readonly deadlineMs: number;
  readonly logParameterValues: boolean;
}

export interface CallDescription {
  readonly operation: CallEvent['operation'];
  readonly sql?: string;
  readonly parameterNames?: readonly string[];
  readonly parameters?: Parameters;
  readonly inTransaction: boolean;
  readonly idempotent: boolean;
  readonly signals?: readonly (AbortSignal | undefined)[];
}

/** Joins what the client, the transaction and the call say on how a call is made and what is told about it. */
export function callControl(context: ClientContext, call: CallDescription, options: StatementOptions = {}): CallControl {
  return {
    signals: [...(call.signals ?? []), options.signal],
    deadlineMs: options.deadlineMs ?? context.deadlineMs,
    idempotent: options.idempotent ?? call.idempotent,
    event: {
      operation: call.operation,
      sql: call.sql ?? '',
      parameterNames: call.parameterNames ?? [],
      ...(context.logParameterValues && call.parameters !== undefined ? { parameters: call.parameters } : {}),
      database: context.database,
      inTransaction: call.inTransaction,
      label: options.label,
    },
  };
}
