export { type Clock, systemClock } from './clock.js';
export type { FaultInjector, InjectedFault } from './faults/fault-injector.js';
export type { FaultRule } from './faults/fault-rule.js';
export { type DataApiLimits, defaultDataApiLimits } from './limits.js';
export type { PostgresConnection } from './postgres-server.js';
export type { DataApiSecret } from './secrets.js';
export { defaultAdminSecretArn, defaultResourceArn, type LocalDataApi, type LocalDataApiOptions, type LocalDataApiStats, startLocalDataApi } from './start-local-data-api.js';
