import { z } from 'zod';
import { cacheEnvironment } from './cache-table.js';
import { modelPrices } from './model-prices.js';
import { jsonText, postgresVersion, s3Location, wholeNumber } from './read-environment.js';

/** The environment of the function that generates. It has no database in it. */
export const generateEnvironmentSchema = z
  .object({
    /** A model id, an inference profile, or `offline` for the deterministic answerer without a model. */
    ASK_AURORA_MODEL_ID: z.string().min(1),
    ASK_AURORA_SCHEMA_PATH: z.string().optional(),
    ASK_AURORA_SCHEMA_S3: s3Location.optional(),
    /** The guard's policy as JSON, or where it lies; without either it is made from the schema. */
    ASK_AURORA_POLICY: jsonText.optional(),
    ASK_AURORA_POLICY_S3: s3Location.optional(),
    ASK_AURORA_POSTGRES_VERSION: postgresVersion,
    ASK_AURORA_MAX_ROWS: wholeNumber.optional(),
    ASK_AURORA_DEADLINE_MS: wholeNumber.optional(),
    ASK_AURORA_TIME_ZONE: z.string().default('UTC'),
    /** How questions are recorded. */
    ASK_AURORA_RECORD_QUESTION: z.enum(['digest', 'text']).default('digest'),
    /** For the cost in the audit records; without them it is null. */
    ASK_AURORA_MODEL_PRICES: modelPrices.optional(),
    /** Statements are given again for the same question for so long; they pass the guard again. Needs the table. */
    ...cacheEnvironment,
    ASK_AURORA_GUARDRAIL_ID: z.string().optional(),
    ASK_AURORA_GUARDRAIL_VERSION: z.string().default('DRAFT'),
  })
  .refine((environment) => environment.ASK_AURORA_SCHEMA_PATH !== undefined || environment.ASK_AURORA_SCHEMA_S3 !== undefined, { message: 'one of ASK_AURORA_SCHEMA_PATH and ASK_AURORA_SCHEMA_S3 is needed' });
