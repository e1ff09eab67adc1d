import type { Clock } from '../clock.js';
import type { DataApiLimits } from '../limits.js';
import type { Secrets } from '../secrets.js';
import type { SessionPool } from '../session/session-pool.js';
import type { TransactionRegistry } from '../transactions/transaction-registry.js';
import type { TypeCatalog } from '../types/type-catalog.js';

/** What every operation works with. */
export interface OperationContext {
  readonly clock: Clock;
  readonly limits: DataApiLimits;
  readonly resourceArn: string;
  readonly secrets: Secrets;
  readonly pool: SessionPool;
  readonly transactions: TransactionRegistry;
  readonly types: TypeCatalog;
}
