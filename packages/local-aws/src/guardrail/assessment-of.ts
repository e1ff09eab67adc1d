import type { GuardrailFinding } from '@ask-aurora/agent-actions';

/** Findings in the form in which Bedrock reports them, in traces and from ApplyGuardrail. */
export function assessmentOf(findings: readonly GuardrailFinding[]): Readonly<Record<string, unknown>> {
  const of = (policy: GuardrailFinding['policy']) => findings.filter((finding) => finding.policy === policy);
  return {
    ...(of('topic').length > 0 ? { topicPolicy: { topics: of('topic').map(({ name }) => ({ name, type: 'DENY', action: 'BLOCKED' })) } } : {}),
    ...(of('word').length > 0 ? { wordPolicy: { customWords: of('word').map(({ match }) => ({ match, action: 'BLOCKED' })) } } : {}),
    ...(of('content').length > 0 ? { contentPolicy: { filters: of('content').map(({ name }) => ({ type: name, confidence: 'HIGH', action: 'BLOCKED' })) } } : {}),
  };
}
