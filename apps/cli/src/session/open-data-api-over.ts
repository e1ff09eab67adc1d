import { startLocalDataApi } from '@ask-aurora/local-aurora';
import type { OpenedLocalStack } from './open-local-stack.js';

export interface DataApiOverOptions {
  /** A `postgresql://` or `mysql://` URL; its role is the one behind the admin secret. */
  readonly databaseUrl: string;
  readonly signal: AbortSignal;
  readonly port?: number;
}

/** Serves the RDS Data API over a PostgreSQL or MySQL that runs already, with one secret for the role of its URL. */
export async function openDataApiOver({ databaseUrl, ...options }: DataApiOverOptions): Promise<OpenedLocalStack> {
  const database = { connectionString: databaseUrl };
  const dataApi = await startLocalDataApi({ ...(/^(?:mysql|mariadb):/i.test(databaseUrl) ? { mysql: database } : { postgres: database }), ...options });
  const [secret = ''] = dataApi.secretArns;
  return {
    description: {
      endpoints: { 'rds-data': dataApi.endpoint },
      arns: { cluster: dataApi.resourceArn, adminSecret: secret },
      databases: [decodeURIComponent(new URL(databaseUrl).pathname.slice(1))].filter((name) => name !== ''),
      environment: { AWS_ENDPOINT_URL_RDS_DATA: dataApi.endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    },
    stop: () => dataApi.stop(),
  };
}
