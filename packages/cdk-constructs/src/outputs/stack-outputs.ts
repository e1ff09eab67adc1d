import type { AuroraDatabase } from '../aurora/aurora-database.js';
import type { QueryActions } from '../query-actions/query-actions.js';
import type { QueryAccess } from '../read-only-role/query-access.js';
import type { SqlAgent } from '../agent/sql-agent.js';
import type { SqlGateway } from '../gateway/sql-gateway.js';

/** Changes when a name or a meaning does, so that the command can say that it is too old or too new for a stack. */
const outputsVersion = '1';

/**
 * The outputs by which `ask-aurora --stack NAME` finds its way: give each to a `CfnOutput` of the same id.
 *
 * These names are an interface: the command-line tool reads them from the stack.
 */
export function accessOutputs(access: QueryAccess): Readonly<Record<'OutputsVersion' | 'ClusterArn' | 'DatabaseName' | 'ReadOnlySecretArn', string>> {
  return { OutputsVersion: outputsVersion, ClusterArn: access.database.clusterArn, DatabaseName: access.database.databaseName, ReadOnlySecretArn: access.secret.secretArn };
}

/** For `ask-aurora seed --stack NAME`, which writes: only who may read this secret can. */
export function adminOutputs(database: AuroraDatabase): Readonly<Record<'AdminSecretArn', string>> {
  return { AdminSecretArn: database.adminSecret.secretArn };
}

export function actionOutputs(actions: QueryActions): Readonly<Record<'GenerateQueryFunctionName' | 'ExecuteQueryFunctionName', string>> {
  return { GenerateQueryFunctionName: actions.generateQuery.functionName, ExecuteQueryFunctionName: actions.executeQuery.functionName };
}

export function agentOutputs(agent: SqlAgent): Readonly<Record<'AgentId' | 'AgentAliasId', string>> {
  return { AgentId: agent.agentId, AgentAliasId: agent.agentAliasId };
}

/** `HarnessArn` is there when the gateway has one. */
export function gatewayOutputs(gateway: SqlGateway): Readonly<Record<string, string>> {
  return { GatewayUrl: gateway.gatewayUrl, GatewayArn: gateway.gatewayArn, ...(gateway.harness === undefined ? {} : { HarnessArn: gateway.harness.harnessArn }) };
}
