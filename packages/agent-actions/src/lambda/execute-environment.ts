import { z } from 'zod';
import { tenantSettingSchema } from '../caller/tenant-policy.js';
import { cacheEnvironment } from './cache-table.js';
import { jsonText, postgresVersion, s3Location, wholeNumber } from './read-environment.js';

/** The environment of the function that executes. */
export const executeEnvironmentSchema = z
  .object({
    ASK_AURORA_RESOURCE_ARN: z.string().regex(/^arn:[\w-]+:rds:/, 'has to be the ARN of a cluster'),
    /** The secret of the read-only role. */
    ASK_AURORA_SECRET_ARN: z.string().regex(/^arn:[\w-]+:secretsmanager:/, 'has to be the ARN of a secret'),
    ASK_AURORA_DATABASE: z.string().min(1).max(63),
    /** The guard's policy as JSON, or where it lies; without either it is made from the schema. */
    ASK_AURORA_POLICY: jsonText.optional(),
    ASK_AURORA_POLICY_S3: s3Location.optional(),
    ASK_AURORA_SCHEMA_PATH: z.string().optional(),
    ASK_AURORA_SCHEMA_S3: s3Location.optional(),
    ASK_AURORA_POSTGRES_VERSION: postgresVersion,
    ASK_AURORA_MAX_ROWS: wholeNumber.optional(),
    ASK_AURORA_MAX_BYTES: wholeNumber.optional(),
    ASK_AURORA_STATEMENT_TIMEOUT_MS: wholeNumber.optional(),
    /** How far the rows of a result that was cut are counted; 0 does not count. */
    ASK_AURORA_COUNT_ROWS: wholeNumber.optional(),
    ASK_AURORA_DEADLINE_MS: wholeNumber.optional(),
    /** A list of {attribute, setting, required?, pattern?}. */
    ASK_AURORA_TENANT_SETTINGS: jsonText.pipe(z.array(tenantSettingSchema)).optional(),
    /** The tenant of calls that come by a Gateway, by attribute. */
    ASK_AURORA_TENANT: jsonText.pipe(z.record(z.string(), z.string())).optional(),
    /** The largest total cost a plan may have; without it plans are not looked at. */
    ASK_AURORA_MAX_PLAN_COST: wholeNumber.optional(),
    /** Results are used again for so long, from the table or, without one, by this process alone; 0 turns that off. */
    ...cacheEnvironment,
  })
  .refine((environment) => environment.ASK_AURORA_POLICY !== undefined || environment.ASK_AURORA_POLICY_S3 !== undefined || environment.ASK_AURORA_SCHEMA_PATH !== undefined || environment.ASK_AURORA_SCHEMA_S3 !== undefined, {
    message: 'one of ASK_AURORA_POLICY, ASK_AURORA_POLICY_S3, ASK_AURORA_SCHEMA_PATH and ASK_AURORA_SCHEMA_S3 is needed',
  });
