import {
  BatchExecuteStatementCommand,
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  RollbackTransactionCommand,
  type BatchExecuteStatementResponse,
  type BeginTransactionResponse,
  type ExecuteStatementCommandInput,
  type ExecuteStatementResponse,
  type SqlParameter,
} from '@aws-sdk/client-rds-data';
import { decodeChanges, decodeChangesBody, decodeUpdates, decodeUpdatesBody } from '../decoding/decode-changes.js';
import { decodeBody, decodeResult, type DecodedResult, type DecodeRequest } from '../decoding/decode-result.js';
import { ServiceError } from '../errors/service-error.js';
import type { CallObserver } from '../observation/call-observer.js';
import type { CallEvent } from '../observation/data-api-hooks.js';
import { retryResuming, type ResumeOptions } from './retry-resuming.js';
import { sendCommand, type CommandSender, type SentCommand } from './send-command.js';
import type { WireResult, WireUpdates } from './wire.js';

/** How one call is to be made. */
export interface CallControl {
  readonly signals: readonly (AbortSignal | undefined)[];
  readonly deadlineMs: number;
  readonly idempotent: boolean;
  readonly event: CallEvent;
}

export interface TransportTarget {
  readonly resourceArn: string;
  readonly secretArn: string;
  readonly database: string | undefined;
}

export interface ExecuteCall {
  readonly sql: string;
  readonly parameters: readonly SqlParameter[];
  readonly transactionId: string | undefined;
  readonly continueAfterTimeout: boolean;
  /** Absent: rows are not wanted, and the service is not asked to describe them. */
  readonly decode: DecodeRequest | undefined;
}

export interface ExecuteAnswer extends DecodedResult {
  readonly responseBytes: number;
  readonly generatedValues: readonly unknown[];
}

/** The Data API's five operations, each observed, bounded in time and repeated only where that is safe. */
export class DataApiTransport {
  readonly #sender: CommandSender;
  readonly #target: TransportTarget;
  readonly #observer: CallObserver;
  readonly #resume: ResumeOptions;

  constructor(sender: CommandSender, target: TransportTarget, observer: CallObserver, resume: ResumeOptions) {
    this.#sender = sender;
    this.#target = target;
    this.#observer = observer;
    this.#resume = resume;
  }

  execute(call: ExecuteCall, control: CallControl): Promise<ExecuteAnswer> {
    const { resourceArn, secretArn, database } = this.#target;
    const input: ExecuteStatementCommandInput = {
      resourceArn,
      secretArn,
      sql: call.sql,
      ...(database === undefined ? {} : { database }),
      ...(call.parameters.length === 0 ? {} : { parameters: [...call.parameters] }),
      ...(call.transactionId === undefined ? {} : { transactionId: call.transactionId }),
      ...(call.continueAfterTimeout ? { continueAfterTimeout: true } : {}),
      ...(call.decode === undefined ? {} : { includeResultMetadata: true, resultSetOptions: { longReturnType: 'STRING', decimalReturnType: 'STRING' } }),
    };
    return this.#observer.observe(control.event, async () => {
      const sent = await this.#send<ExecuteStatementResponse>(() => new ExecuteStatementCommand(input), control, true);
      const value = answerOf(sent, call.decode);
      return { value, summary: { attempts: sent.attempts, rowCount: value.rowCount, responseBytes: value.responseBytes } };
    });
  }

  /** Returns the generated values of all sets together. */
  batchExecute(call: { readonly sql: string; readonly parameterSets: readonly (readonly SqlParameter[])[]; readonly transactionId: string | undefined }, control: CallControl): Promise<readonly unknown[]> {
    const { resourceArn, secretArn, database } = this.#target;
    const input = {
      resourceArn,
      secretArn,
      sql: call.sql,
      parameterSets: call.parameterSets.map((set) => [...set]),
      ...(database === undefined ? {} : { database }),
      ...(call.transactionId === undefined ? {} : { transactionId: call.transactionId }),
    };
    return this.#observer.observe(control.event, async () => {
      const { body, output, attempts } = await this.#send<BatchExecuteStatementResponse>(() => new BatchExecuteStatementCommand(input), control, true);
      const value = body === undefined ? decodeUpdates(output as WireUpdates) : decodeUpdatesBody(body);
      return { value, summary: { attempts, rowCount: 0, responseBytes: body?.byteLength ?? 0 } };
    });
  }

  begin(control: CallControl): Promise<string> {
    const { resourceArn, secretArn, database } = this.#target;
    const input = { resourceArn, secretArn, ...(database === undefined ? {} : { database }) };
    return this.#observer.observe(control.event, async () => {
      const { output, attempts } = await this.#send<BeginTransactionResponse>(() => new BeginTransactionCommand(input), control, false);
      if (output.transactionId === undefined) throw new ServiceError('The service began a transaction without naming it.', { serviceCode: '', executed: 'unknown' });
      return { value: output.transactionId, summary: { attempts, rowCount: 0, responseBytes: 0 } };
    });
  }

  commit(transactionId: string, control: CallControl): Promise<void> {
    const { resourceArn, secretArn } = this.#target;
    return this.#end(() => new CommitTransactionCommand({ resourceArn, secretArn, transactionId }), control);
  }

  rollback(transactionId: string, control: CallControl): Promise<void> {
    const { resourceArn, secretArn } = this.#target;
    return this.#end(() => new RollbackTransactionCommand({ resourceArn, secretArn, transactionId }), control);
  }

  #end(command: () => object, control: CallControl): Promise<void> {
    return this.#observer.observe(control.event, async () => {
      const { attempts } = await this.#send(command, control, false);
      return { value: undefined, summary: { attempts, rowCount: 0, responseBytes: 0 } };
    });
  }

  /** A command is used once: its middleware stack belongs to one call. */
  #send<Output>(command: () => object, control: CallControl, takeBody: boolean): Promise<SentCommand<Output>> {
    return retryResuming(
      () => sendCommand<Output>(this.#sender, command(), { ...control, takeBody }),
      this.#resume,
      control.signals,
      (event) => this.#observer.resuming(event),
    );
  }
}

/** Without our middleware (a sender that is no SDK client) the SDK, or whoever sent, has read the body. */
function answerOf({ body, output }: SentCommand<ExecuteStatementResponse>, decode: DecodeRequest | undefined): ExecuteAnswer {
  const responseBytes = body?.byteLength ?? 0;
  if (decode === undefined) {
    const changes = body === undefined ? decodeChanges(output as WireResult) : decodeChangesBody(body);
    return { columns: [], rows: [], ...changes, responseBytes };
  }
  const decoded = body === undefined ? decodeResult(output as WireResult, decode) : decodeBody(body, decode);
  return { ...decoded, generatedValues: [], responseBytes };
}
