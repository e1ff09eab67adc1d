import type { OperationName } from './operations/operation.js';
import type { ServiceErrorName } from './service-error.js';

/** Counts of calls and of errors since the start. */
export interface CallCounts {
  readonly calls: Readonly<Partial<Record<OperationName, number>>>;
  readonly errors: Readonly<Partial<Record<ServiceErrorName, number>>>;
}

export class ServerStats {
  readonly #calls = new Map<OperationName, number>();
  readonly #errors = new Map<ServiceErrorName, number>();

  called(operation: OperationName): void {
    this.#calls.set(operation, (this.#calls.get(operation) ?? 0) + 1);
  }

  failed(name: ServiceErrorName): void {
    this.#errors.set(name, (this.#errors.get(name) ?? 0) + 1);
  }

  counts(): CallCounts {
    return { calls: Object.fromEntries(this.#calls), errors: Object.fromEntries(this.#errors) };
  }
}
