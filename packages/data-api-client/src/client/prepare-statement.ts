import { bindStatement } from '../parameters/bind-statement.js';
import type { Parameters } from '../parameters/parameter-value.js';
import type { Engine } from '../parameters/scan-statement.js';
import { resolveStatement, type Statement } from '../sql/resolve-statement.js';
import type { RunnableStatement } from './statement-runner.js';

/** Makes a statement and its values ready to run. */
export function prepareStatement(statement: Statement, given: Parameters | undefined, engine: Engine): RunnableStatement {
  const { sql, parameters } = resolveStatement(statement, given);
  return { bound: bindStatement(sql, [parameters], engine), sql, parameters };
}
