import { describe, expect, it } from 'vitest';
import { executeEnvironmentSchema } from './execute-environment.js';
import { generateEnvironmentSchema } from './generate-environment.js';
import { readEnvironment } from './read-environment.js';

const execute = { ASK_AURORA_RESOURCE_ARN: 'arn:aws:rds:eu-west-1:1:cluster:c', ASK_AURORA_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:1:secret:s', ASK_AURORA_DATABASE: 'd', ASK_AURORA_SCHEMA_S3: 's3://bucket/a/b.json' };

describe('the environment of the functions', () => {
  it('is read with its defaults', () => {
    expect(readEnvironment(executeEnvironmentSchema, { ...execute, ASK_AURORA_MAX_ROWS: '', PATH: '/bin', ASK_AURORA_TENANT_SETTINGS: '[{"attribute":"tenantId","setting":"app.tenant_id"}]' })).toMatchObject({
      ASK_AURORA_SCHEMA_S3: { bucket: 'bucket', key: 'a/b.json' },
      ASK_AURORA_POSTGRES_VERSION: 17,
      ASK_AURORA_CACHE_TTL_MS: 0,
      ASK_AURORA_TENANT_SETTINGS: [{ attribute: 'tenantId', setting: 'app.tenant_id', required: true }],
    });
    expect(readEnvironment(generateEnvironmentSchema, { ASK_AURORA_MODEL_ID: 'offline', ASK_AURORA_SCHEMA_PATH: 'schema.json' })).toMatchObject({ ASK_AURORA_RECORD_QUESTION: 'digest', ASK_AURORA_TIME_ZONE: 'UTC' });
  });

  it.each([
    [{ ASK_AURORA_RESOURCE_ARN: 'a-secret-looking-value' }, /ASK_AURORA_RESOURCE_ARN: has to be the ARN of a cluster/],
    [{ ASK_AURORA_MAX_ROWS: 'a-secret-looking-value' }, /ASK_AURORA_MAX_ROWS: has to be a whole number/],
    [{ ASK_AURORA_SCHEMA_S3: 'a-secret-looking-value' }, /s3:\/\/bucket\/key/],
    [{ ASK_AURORA_POLICY: '{a-secret-looking-value' }, /ASK_AURORA_POLICY: has to be JSON/],
    [{ ASK_AURORA_SCHEMA_S3: '' }, /one of ASK_AURORA_POLICY/],
    [{ ASK_AURORA_POSTGRES_VERSION: '12' }, /ASK_AURORA_POSTGRES_VERSION/],
    [{ ASK_AURORA_TENANT_SETTINGS: '[{"attribute":"a","setting":"role"}]' }, /ASK_AURORA_TENANT_SETTINGS/],
  ])('is refused with what is wrong, but without its values: %j', (change, message) => {
    const read = () => readEnvironment(executeEnvironmentSchema, { ...execute, ...change });
    expect(read).toThrow(message);
    expect(read).not.toThrow(/a-secret-looking-value/);
  });
});
