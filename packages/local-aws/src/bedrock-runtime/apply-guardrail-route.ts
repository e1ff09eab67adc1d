import type { Guardrail } from '@ask-aurora/agent-actions';
import { z } from 'zod';
import { assessmentOf } from '../guardrail/assessment-of.js';
import { ownMember } from '../http/own-member.js';
import { parseBody } from '../http/parse-body.js';
import type { Route } from '../http/route.js';
import { ServiceError } from '../http/service-error.js';

const requestSchema = z.looseObject({ source: z.enum(['INPUT', 'OUTPUT']), content: z.array(z.looseObject({ text: z.looseObject({ text: z.string() }).optional() })).min(1) });

/** ApplyGuardrail over guardrails by id. */
export function applyGuardrailRoute(guardrails: Readonly<Record<string, Guardrail>>): Route {
  return {
    method: 'POST',
    path: '/guardrail/{guardrailIdentifier}/version/{guardrailVersion}/apply',
    async handle({ path, body, signal }) {
      const id = path['guardrailIdentifier'] ?? '';
      const guardrail = ownMember(guardrails, id) ?? ownMember(guardrails, id.split('/').at(-1) ?? '');
      if (guardrail === undefined) throw new ServiceError('ResourceNotFoundException', `The guardrail ${id} does not exist.`);
      const request = parseBody(requestSchema, body);
      const text = request.content.map((content) => content.text?.text ?? '').join('\n');
      const verdict = await guardrail.check(request.source === 'INPUT' ? 'input' : 'output', text, { signal });
      return {
        kind: 'json',
        body: {
          usage: { topicPolicyUnits: 1, contentPolicyUnits: 1, wordPolicyUnits: 1, sensitiveInformationPolicyUnits: 0, sensitiveInformationPolicyFreeUnits: 0, contextualGroundingPolicyUnits: 0 },
          action: verdict.blocked ? 'GUARDRAIL_INTERVENED' : 'NONE',
          outputs: verdict.blocked ? [{ text: verdict.message }] : [],
          assessments: verdict.blocked ? [assessmentOf(verdict.findings)] : [],
        },
      };
    },
  };
}
