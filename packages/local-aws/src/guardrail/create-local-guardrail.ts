import type { Guardrail, GuardrailFinding, GuardrailVerdict } from '@ask-aurora/agent-actions';
import { z } from 'zod';
import { LocalAwsError } from '../local-aws-error.js';
import { findDeniedTopic } from './find-denied-topic.js';
import { findPromptAttack } from './find-prompt-attack.js';
import { guardrailConfigurationSchema, type GuardrailConfiguration } from './guardrail-configuration.js';

/**
 * Applies a guardrail's denied topics, word filters and prompt-attack filter to texts, without a model.
 * Prompt attacks are looked for in inputs only, as Bedrock does.
 * @throws LocalAwsError `invalid-configuration`
 */
export function createLocalGuardrail(configuration: GuardrailConfiguration): Guardrail {
  const parsed = guardrailConfigurationSchema.safeParse(configuration);
  if (!parsed.success) throw new LocalAwsError('invalid-configuration', `The guardrail is malformed: ${z.prettifyError(parsed.error)}`);
  const { blockedInputMessaging, blockedOutputsMessaging, topicPolicyConfig, wordPolicyConfig, contentPolicyConfig } = parsed.data;
  const topics = topicPolicyConfig?.topicsConfig ?? [];
  const words = (wordPolicyConfig?.wordsConfig ?? []).map(({ text }) => ({ text, pattern: wholeWord(text) }));
  const guardsPrompts = (contentPolicyConfig?.filtersConfig ?? []).some((filter) => filter.type === 'PROMPT_ATTACK' && filter.inputStrength !== 'NONE');

  return {
    check(source, text): GuardrailVerdict {
      const findings: GuardrailFinding[] = words.filter(({ pattern }) => pattern.test(text)).map((word) => ({ policy: 'word', name: word.text, match: word.text }));
      const topic = findDeniedTopic(text, topics);
      if (topic !== undefined) findings.push({ policy: 'topic', name: topic.name });
      if (source === 'input' && guardsPrompts && findPromptAttack(text) !== undefined) findings.push({ policy: 'content', name: 'PROMPT_ATTACK' });
      if (findings.length === 0) return { blocked: false };
      return { blocked: true, message: source === 'input' ? blockedInputMessaging : blockedOutputsMessaging, findings };
    },
  };
}

function wholeWord(text: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'iu');
}
