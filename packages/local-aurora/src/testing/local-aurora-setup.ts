import { inject } from 'vitest';
import { type AttachedAuroraParts, attachedAurora } from '../stack/attached-aurora.js';
import type { LocalAurora } from '../stack/local-aurora.js';
import { startLocalAurora } from '../stack/start-local-aurora.js';
import type { LocalAuroraTestOptions } from './use-local-aurora.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by localAuroraSetup. */
    askAuroraLocalAurora: AttachedAuroraParts;
  }
}

interface ProvidingProject {
  provide(key: 'askAuroraLocalAurora', value: AttachedAuroraParts): void;
}

/**
 * A `globalSetup` that starts one cluster for all test files of a vitest project. Files share its rows, so tests that
 * write use their own, by `useLocalAurora`.
 *
 * @example
 * // local-aurora.setup.ts, named as globalSetup in the vitest configuration
 * export default localAuroraSetup({ samples: ['university'] });
 */
export function localAuroraSetup(options: LocalAuroraTestOptions = {}): (project: ProvidingProject) => Promise<() => Promise<void>> {
  return async (project) => {
    const aurora = await startLocalAurora({ ...options, ephemeral: true });
    const { postgres, dataApi, resourceArn, databases, anchor } = aurora;
    project.provide('askAuroraLocalAurora', {
      endpoint: dataApi.endpoint,
      resourceArn,
      postgres: { version: postgres.version, port: postgres.port, pid: postgres.pid },
      dataDirectory: postgres.dataDirectory,
      credentials: { user: postgres.adminUser, password: postgres.adminPassword },
      databases,
      anchor,
      owner: process.pid,
    });
    return () => aurora.stop();
  };
}

/** The cluster that `localAuroraSetup` started for this test file's project. */
export function sharedLocalAurora(): LocalAurora {
  const parts = inject('askAuroraLocalAurora') as AttachedAuroraParts | undefined;
  if (!parts) throw new Error('No cluster is shared: name a file that exports localAuroraSetup() as globalSetup in the vitest configuration.');
  return attachedAurora(parts);
}
