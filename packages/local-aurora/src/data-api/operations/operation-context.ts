import type { Clock } from '../clock.js';
import type { Engine } from '../engine.js';
import type { DataApiLimits } from '../limits.js';
import type { Secrets } from '../secrets.js';
import type { SessionPool } from '../session/session-pool.js';
import type { TransactionRegistry } from '../transactions/transaction-registry.js';

/** What every operation works with. */
export interface OperationContext {
  readonly clock: Clock;
  readonly engine: Engine;
  readonly limits: DataApiLimits;
  readonly resourceArn: string;
  readonly secrets: Secrets;
  readonly pool: SessionPool;
  readonly transactions: TransactionRegistry;
}
