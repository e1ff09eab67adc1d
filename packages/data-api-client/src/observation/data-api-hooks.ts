import type { DataApiError } from '../errors/data-api-error.js';
import type { ParameterValue } from '../parameters/parameter-value.js';

/** One call of the Data API, as hooks and spans see it: never a secret, and no parameter values unless asked for. */
export interface CallEvent {
  readonly operation: 'execute' | 'batch' | 'begin' | 'commit' | 'rollback';
  /** The statement as written, with its placeholders; empty for begin, commit and rollback. */
  readonly sql: string;
  readonly parameterNames: readonly string[];
  /** Only with `logParameterValues`. */
  readonly parameters?: Readonly<Record<string, ParameterValue>> | readonly ParameterValue[];
  readonly database: string | undefined;
  readonly inTransaction: boolean;
  /** The caller's own name for the statement, if it gave one. */
  readonly label: string | undefined;
}

export interface CallEnd extends CallEvent {
  readonly durationMs: number;
  /** Requests sent, retries included. */
  readonly attempts: number;
  readonly rowCount: number;
  /** Size of the answer's body; 0 when it was not read here. */
  readonly responseBytes: number;
}

export interface CallFailure extends CallEvent {
  readonly durationMs: number;
  readonly error: DataApiError;
}

/** The cluster is starting after a pause; the call waits and tries again. */
export interface ResumingEvent {
  /** 1 for the first wait. */
  readonly attempt: number;
  readonly elapsedMs: number;
  readonly waitMs: number;
  readonly giveUpAfterMs: number;
}

/** Called as things happen. What a hook throws is ignored: it must not change the outcome of a statement. */
export interface DataApiHooks {
  readonly onStart?: (event: CallEvent) => void;
  readonly onEnd?: (event: CallEnd) => void;
  readonly onError?: (event: CallFailure) => void;
  readonly onResuming?: (event: ResumingEvent) => void;
}
