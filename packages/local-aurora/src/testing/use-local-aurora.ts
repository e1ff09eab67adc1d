import type { LocalAurora } from '../stack/local-aurora.js';
import { type StartLocalAuroraOptions, startLocalAurora } from '../stack/start-local-aurora.js';
import { useResource } from './use-resource.js';

export type LocalAuroraTestOptions = Pick<StartLocalAuroraOptions, 'samples' | 'version' | 'anchor'>;

/** A cluster with samples, roles and the Data API, of its own for a test file: tests may write to it. */
export function useLocalAurora(options: LocalAuroraTestOptions = {}): () => LocalAurora {
  return useResource('The local cluster', () => startLocalAurora({ ...options, ephemeral: true }));
}
