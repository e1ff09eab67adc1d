import { createDataApiClient } from '@ask-aurora/data-api-client';
import { sampleOverlay, startLocalAurora } from '@ask-aurora/local-aurora';
import { introspect } from '@ask-aurora/nl2sql';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const file = fileURLToPath(new URL('../../apps/demo-stack/schema/university.json', import.meta.url));

test("the demo's schema artifact is what the sample database is introspected to", async () => {
  const aurora = await startLocalAurora({ ephemeral: true, samples: ['university'] });
  try {
    const client = createDataApiClient({ resourceArn: aurora.resourceArn, secretArn: aurora.readOnlySecretArn, database: 'university', endpoint: aurora.dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    const overlay = sampleOverlay('university');
    const artifact = await introspect(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows, { overlay, sampleValues: Object.keys(overlay.relations) });
    client.close();
    // Row estimates and the server's minor version are no part of what the artifact says.
    const stable = { ...artifact, serverVersion: null, relations: artifact.relations.map((relation) => ({ ...relation, rowEstimate: null })) };
    if (process.env['ASK_AURORA_UPDATE_SCHEMA'] === '1') writeFileSync(file, `${JSON.stringify(stable, null, 1)}\n`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(stable)));
  } finally {
    await aurora.stop();
  }
}, 120_000);
