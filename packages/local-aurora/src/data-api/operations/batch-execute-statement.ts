import { type RequestBody, requireString, serializationError } from '../request/request-members.js';
import { readParameters } from '../request/sql-parameter.js';
import { runStatement } from '../run-statement.js';
import { readCallTarget } from './call-target.js';
import type { OperationContext } from './operation-context.js';
import { openCallSession } from './open-call-session.js';

/**
 * BatchExecuteStatement: one statement, once for each parameter set; without a set it does not run. Outside a
 * transaction each run commits by itself, so a failing set leaves the ones before it done. Returns JSON text.
 *
 * @throws {ServiceError} as the service answers
 */
export async function batchExecuteStatement(context: OperationContext, body: RequestBody): Promise<string> {
  const target = readCallTarget(context, body);
  const bind = context.engine.prepare(requireString(body, 'sql', { maximum: context.limits.sqlCharacters }));
  const statements = readParameterSets(body['parameterSets']).map((parameters) => bind(parameters));
  const { session, giveBack } = await openCallSession(context, body, target);
  const deadline = context.clock.now() + context.limits.statementMs;
  try {
    for (const statement of statements) {
      const milliseconds = Math.max(0, deadline - context.clock.now());
      await runStatement(session, statement, context.limits, { clock: context.clock, milliseconds, continueAfterTimeout: false }, () => undefined);
    }
  } finally {
    giveBack();
  }
  return JSON.stringify({ updateResults: statements.map(() => ({ generatedFields: [] })) });
}

function readParameterSets(sets: unknown) {
  if (sets === undefined || sets === null) return [];
  if (!Array.isArray(sets)) throw serializationError();
  return sets.map((set, index) => readParameters(set, `parameterSets.${index + 1}.member`));
}
