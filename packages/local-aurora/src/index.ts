export { LocalAuroraError, type LocalAuroraErrorCode } from './local-aurora-error.js';
export type { LocalPostgres } from './postgres/local-postgres.js';
export { type PostgresVersion, postgresVersions } from './postgres/postgres-version.js';
export { type LocalPostgresProgress, type StartLocalPostgresOptions, startLocalPostgres } from './postgres/start-local-postgres.js';
export {
  type Clock,
  type DataApiLimits,
  type DataApiSecret,
  defaultAdminSecretArn,
  defaultDataApiLimits,
  defaultResourceArn,
  type FaultInjector,
  type FaultRule,
  type InjectedFault,
  type LocalDataApi,
  type LocalDataApiOptions,
  type LocalDataApiStats,
  type PostgresConnection,
  startLocalDataApi,
} from './data-api/index.js';
