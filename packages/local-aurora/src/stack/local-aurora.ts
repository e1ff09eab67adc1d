import type { LocalDataApi } from '../data-api/index.js';
import type { LocalPostgres } from '../postgres/local-postgres.js';

/** An Aurora cluster on this machine: databases with samples, two roles with their secrets, and the Data API. */
export interface LocalAurora {
  /** The server itself. Its administrator is a superuser, unlike the one of the admin secret. */
  readonly postgres: LocalPostgres;
  readonly dataApi: LocalDataApi;
  readonly resourceArn: string;
  /** Secret of the owner of the databases: writes, makes roles and databases, but is no superuser, as on Aurora. */
  readonly adminSecretArn: string;
  /** Secret of the role that reads the samples and nothing else. */
  readonly readOnlySecretArn: string;
  /** One for each sample, of its name. */
  readonly databases: readonly string[];
  /** The samples' "today", an ISO date. */
  readonly anchor: string;
  /** True when another process runs all this, and `stop()` leaves it running. */
  readonly attached: boolean;
  /** Variables that point AWS SDKs, unchanged, at this cluster. */
  readonly environment: Readonly<Record<string, string>>;
  /** Safe to call again. @throws {LocalAuroraError} `stop-failed` */
  stop(): Promise<void>;
}

export const adminSecretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:ask-aurora-local/admin-AAAAAA';
export const readOnlySecretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:ask-aurora-local/read-only-AAAAAA';

const region = 'us-east-1';

/** The environment of a cluster behind an endpoint. The credentials are placeholders: the local server knows no accounts. */
export function localEnvironment(endpoint: string, resourceArn: string, database: string | undefined): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_RDS_DATA: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ASK_AURORA_RESOURCE_ARN: resourceArn,
    ASK_AURORA_SECRET_ARN: readOnlySecretArn,
    ...(database === undefined ? {} : { ASK_AURORA_DATABASE: database }),
  };
}
