import { z } from 'zod';

const strength = z.enum(['NONE', 'LOW', 'MEDIUM', 'HIGH']);

/**
 * A guardrail in the words of CloudFormation's `AWS::Bedrock::Guardrail`, so that what is deployed can be given as it
 * is: the properties of a construct, or those of a synthesized template with their capital letters. The parts that need a model of their own (other content filters, sensitive information, grounding) are
 * accepted and not applied.
 */
export const guardrailConfigurationSchema = z.preprocess(camelCaseKeys, z.looseObject({
  name: z.string().min(1),
  blockedInputMessaging: z.string().min(1).max(500),
  blockedOutputsMessaging: z.string().min(1).max(500),
  topicPolicyConfig: z
    .looseObject({ topicsConfig: z.array(z.looseObject({ name: z.string().min(1).max(100), definition: z.string().min(1).max(1_000), examples: z.array(z.string().max(100)).max(5).optional(), type: z.literal('DENY') })).max(30) })
    .optional(),
  wordPolicyConfig: z.looseObject({ wordsConfig: z.array(z.looseObject({ text: z.string().min(1).max(100) })).max(10_000).optional() }).optional(),
  contentPolicyConfig: z.looseObject({ filtersConfig: z.array(z.looseObject({ type: z.string(), inputStrength: strength, outputStrength: strength })) }).optional(),
}));

/** See {@link guardrailConfigurationSchema}. */
export type GuardrailConfiguration = z.output<typeof guardrailConfigurationSchema>;

function camelCaseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCaseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.charAt(0).toLowerCase() + key.slice(1), camelCaseKeys(member)]));
}
