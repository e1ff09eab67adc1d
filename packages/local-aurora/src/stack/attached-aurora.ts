import type { LocalDataApi } from '../data-api/index.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import { describeServer } from '../postgres/describe-server.js';
import type { Credentials } from '../postgres/initialize-cluster.js';
import type { PostgresVersion } from '../postgres/postgres-version.js';
import { type LocalAurora, adminSecretArn, localEnvironment, readOnlySecretArn } from './local-aurora.js';

/** What must be known of a stack in another process; plain data. */
export interface AttachedAuroraParts {
  readonly endpoint: string;
  readonly resourceArn: string;
  readonly postgres: { readonly version: PostgresVersion; readonly port: number; readonly pid: number };
  readonly dataDirectory: string;
  readonly credentials: Credentials;
  readonly databases: readonly string[];
  readonly anchor: string;
  /** Process that runs it. */
  readonly owner: number;
}

/** A stack of another process as this one can use it. Its `stop()` does nothing. */
export function attachedAurora({ endpoint, resourceArn, postgres, dataDirectory, credentials, databases, anchor, owner }: AttachedAuroraParts): LocalAurora {
  return {
    postgres: describeServer({ ...postgres, dataDirectory, credentials, stop: async () => {} }),
    dataApi: remoteDataApi(endpoint, resourceArn, owner),
    resourceArn,
    adminSecretArn,
    readOnlySecretArn,
    databases,
    anchor,
    attached: true,
    environment: localEnvironment(endpoint, resourceArn, databases[0]),
    stop: async () => {},
  };
}

/** What of a server in another process can be had from here. */
function remoteDataApi(endpoint: string, resourceArn: string, owner: number): LocalDataApi {
  const elsewhere = (): never => {
    throw new LocalAuroraError('stack-unavailable', `The Data API runs in process ${owner}; its faults and counts can be reached only there.`);
  };
  return {
    endpoint,
    port: Number(new URL(endpoint).port),
    resourceArn,
    secretArns: [adminSecretArn, readOnlySecretArn],
    faults: { inject: elsewhere, resumeFor: elsewhere, clear: elsewhere, list: elsewhere },
    stats: elsewhere,
    stop: async () => {},
  };
}
