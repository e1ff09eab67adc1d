import { describe, expect, it } from 'vitest';
import type { ExecuteQueryInput } from '../execute-query/create-execute-query.js';
import { createAgentCoreHandler } from './create-agentcore-handler.js';

const context = (tool: string) => ({
  awsRequestId: 'request-1',
  getRemainingTimeInMillis: () => 5_000,
  clientContext: { custom: { bedrockAgentCoreToolName: tool, bedrockAgentCoreGatewayId: 'gateway-1', bedrockAgentCoreTargetId: 'TARGET', bedrockAgentCoreMcpMessageId: 'message-1', bedrockAgentCoreMessageVersion: '1.0' } },
});

describe('a target of an AgentCore Gateway', () => {
  const seen: ExecuteQueryInput[] = [];
  const handler = createAgentCoreHandler({
    tenant: { tenantId: 't-9' },
    executeQuery: (input) => {
      seen.push(input);
      return Promise.resolve({ kind: 'rows', columns: [{ name: 'n', type: 'int4' }], rows: [{ n: 1 }], rowCount: 1, truncated: false, truncatedBy: null, total: { rows: 1, isExact: true }, statement: '', relations: [], planCost: null, cached: false, bytes: 9, auditId: 'a' });
    },
  });

  it('strips the target off the name of the tool and takes bare arguments', async () => {
    expect(await handler({ sql: 'SELECT :n', parameters: { n: 1 }, max_rows: 5 }, context('ask-aurora-execute___execute_query'))).toMatchObject({ outcome: 'rows', rows: [[1]] });
    expect(seen[0]).toMatchObject({ sql: 'SELECT :n', parameters: { n: 1 }, maxRows: 5, deadlineMs: 4_500, caller: { front: 'agentcore', principal: 'gateway-1', sessionId: 'message-1' } });
  });

  it('takes the tenant from the target, whatever the arguments say', async () => {
    await handler({ sql: 'SELECT 1', tenant: { tenantId: 't-1' }, tenantId: 't-1' }, context('x___execute_query'));
    expect(seen.at(-1)?.caller.tenant).toEqual({ tenantId: 't-9' });
  });

  it('refuses an unknown tool and malformed arguments with the reply of every front', async () => {
    expect(await handler({}, context('x___drop_tables'))).toMatchObject({ outcome: 'refusal', stage: 'input' });
    expect(await handler({ sql: 1 }, context('x___execute_query'))).toMatchObject({ outcome: 'refusal', stage: 'input' });
  });

  it.each([{}, { clientContext: null }, { clientContext: { custom: {} } }])('throws when nothing names a tool: %j', async (bare) => {
    await expect(handler({ sql: 'SELECT 1' }, bare)).rejects.toMatchObject({ code: 'invalid-event' });
  });
});
