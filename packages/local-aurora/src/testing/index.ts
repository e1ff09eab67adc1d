export { type LocalAuroraTestOptions, useLocalAurora } from './use-local-aurora.js';
export { type DataApiUnderTest, useLocalDataApi } from './use-local-data-api.js';
export { useLocalPostgres } from './use-local-postgres.js';
export { localAuroraSetup, sharedLocalAurora } from './local-aurora-setup.js';
