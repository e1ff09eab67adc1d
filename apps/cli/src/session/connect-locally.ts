import { createDataApiClient, type DataApiClient } from '@ask-aurora/data-api-client';
import { sampleNames, type LocalAurora, type SampleName } from '@ask-aurora/local-aurora';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { CliError } from '../cli-error.js';

/** The sample that is served where one has to be chosen. */
export const defaultSample: SampleName = 'university';

/** @throws {CliError} `database-unknown` */
export function sampleNamed(database: string): SampleName {
  const sample = sampleNames.find((name) => name === database);
  if (sample === undefined) throw new CliError('database-unknown', `There is no local database "${database}". Choose one of ${sampleNames.join(', ')}.`);
  return sample;
}

/** The unmodified AWS SDK client, pointed at the local endpoint. */
export function connectLocally(aurora: LocalAurora, secretArn: string, database: string): DataApiClient {
  const client = new RDSDataClient({ endpoint: aurora.dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  return createDataApiClient({ client, resourceArn: aurora.resourceArn, secretArn, database });
}
