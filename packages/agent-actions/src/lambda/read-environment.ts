import { z } from 'zod';
import { AgentActionsError } from '../agent-actions-error.js';

/** JSON in an environment variable. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'has to be JSON' });
    return z.NEVER;
  }
});

/** Where an object of Amazon S3 lies: `s3://bucket/key`. */
export const s3Location = z
  .string()
  .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+$/, 'has to be s3://bucket/key')
  .transform((url) => {
    const [bucket = '', ...key] = url.slice('s3://'.length).split('/');
    return { bucket, key: key.join('/') };
  });

/** See {@link s3Location}. */
export type S3Location = z.output<typeof s3Location>;

/** A whole number in an environment variable. */
export const wholeNumber = z.string().regex(/^\d{1,10}$/, 'has to be a whole number').transform(Number);

/** PostgreSQL's major version. */
export const postgresVersion = z
  .enum(['16', '17', '18'])
  .default('17')
  .transform((text) => Number(text) as 16 | 17 | 18);

/**
 * Reads the configuration of a function out of its environment, once.
 * @throws AgentActionsError `invalid-configuration`; values are not repeated in the message
 */
export function readEnvironment<Schema extends z.ZodType>(schema: Schema, environment: Readonly<Record<string, string | undefined>>): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([name, value]) => name.startsWith('ASK_AURORA_') && value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the environment'}: ${issue.message}`);
    throw new AgentActionsError('invalid-configuration', `The environment of the function is wrong. ${problems.join('. ')}.`);
  }
  return parsed.data;
}
