import type { FunctionNetwork } from '../functions/function-network.js';
import type { LogSettings } from '../logging/retained-log-group.js';

/** Of what works for the knowledge base beside Bedrock: the synchronization and, with vectors in Aurora, the functions that make the table and rotate its login. */
export interface KnowledgeOperation {
  readonly logs?: LogSettings;
  /** Of the functions. @default none: they need no VPC */
  readonly network?: FunctionNetwork;
}
