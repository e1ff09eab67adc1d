import type { RequestBody } from '../request/request-members.js';
import { ServiceError } from '../service-error.js';
import { batchExecuteStatement } from './batch-execute-statement.js';
import { beginTransaction } from './begin-transaction.js';
import { commitTransaction, rollbackTransaction } from './end-transaction.js';
import { executeStatement } from './execute-statement.js';
import type { OperationContext } from './operation-context.js';

/** The operations by the path they are posted to. */
const operations = {
  '/Execute': { name: 'ExecuteStatement', run: executeStatement },
  '/BatchExecute': { name: 'BatchExecuteStatement', run: batchExecuteStatement },
  '/BeginTransaction': { name: 'BeginTransaction', run: beginTransaction },
  '/CommitTransaction': { name: 'CommitTransaction', run: commitTransaction },
  '/RollbackTransaction': { name: 'RollbackTransaction', run: rollbackTransaction },
  '/ExecuteSql': { name: 'ExecuteSql', run: refuseExecuteSql },
} as const;

export type OperationName = (typeof operations)[keyof typeof operations]['name'];

export interface Operation {
  readonly name: OperationName;
  readonly run: (context: OperationContext, body: RequestBody) => Promise<string>;
}

export const operationNames: readonly OperationName[] = Object.values(operations).map(({ name }) => name);

export function findOperation(path: string): Operation | undefined {
  return Object.hasOwn(operations, path) ? operations[path as keyof typeof operations] : undefined;
}

function refuseExecuteSql(): Promise<string> {
  return Promise.reject(new ServiceError('BadRequestException', 'ExecuteSql API is not supported, use ExecuteStatement API instead'));
}
