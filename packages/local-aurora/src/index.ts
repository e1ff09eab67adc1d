export { LocalAuroraError, type LocalAuroraErrorCode } from './local-aurora-error.js';
export { findCacheDirectory } from './postgres/cache-directory.js';
export type { LocalPostgres } from './postgres/local-postgres.js';
export { type PostgresVersion, defaultPostgresVersion, postgresVersions } from './postgres/postgres-version.js';
export { type LocalPostgresProgress, type StartLocalPostgresOptions, startLocalPostgres } from './postgres/start-local-postgres.js';
export { type InstalledMysql, type StartInstalledMysqlOptions, startInstalledMysql } from './mysql/start-installed-mysql.js';
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
export { sampleAnchor } from './samples/sample-anchor.js';
export { type SampleName, sampleNames, sampleSchemas } from './samples/sample-name.js';
export { type SampleOverlay, sampleOverlay } from './samples/sample-overlay.js';
export type { SampleExpectation, SampleQuestion } from './samples/sample-question.js';
export { sampleQuestions } from './samples/sample-questions.js';
export { type SampleStatement, type SampleStatementsOptions, marksSample, sampleMarker, sampleStatements } from './samples/sample-statements.js';
export { type SeedSampleOptions, seedSample } from './samples/seed-sample.js';
export { type CreateReadOnlyRoleOptions, type ReadOnlyRoleReport, createReadOnlyRole } from './roles/create-read-only-role.js';
export { type DropReadOnlyRoleOptions, dropReadOnlyRole } from './roles/drop-read-only-role.js';
export { type LocalAurora, adminSecretArn, readOnlySecretArn } from './stack/local-aurora.js';
export { type LocalAuroraProgress, type StartLocalAuroraOptions, startLocalAurora } from './stack/start-local-aurora.js';
