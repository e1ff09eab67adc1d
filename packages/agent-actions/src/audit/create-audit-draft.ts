import { randomUUID } from 'node:crypto';
import type { Caller } from '../caller/caller.js';
import { redactLiterals } from '../parameters/redact-literals.js';
import type { AuditRecord } from './audit-record.js';
import { digest } from './digest.js';

/** What a call finds out on its way; the rest of a record is known at its beginning or at its end. */
export type AuditFacts = Pick<AuditRecord, 'tenant' | 'question' | 'statement' | 'verdict' | 'relations' | 'rows' | 'total' | 'bytes' | 'truncated' | 'planCost' | 'model' | 'cache'>;

/** A record in the making. */
export interface AuditDraft {
  readonly id: string;
  note(facts: Partial<AuditFacts>): void;
  finish(end: Pick<AuditRecord, 'outcome' | 'reasonCode' | 'durations'>): AuditRecord;
}

/** Begins the record of one call. */
export function createAuditDraft(action: AuditRecord['action'], caller: Caller, now: () => number = Date.now): AuditDraft {
  const id = randomUUID();
  const at = new Date(now()).toISOString();
  let facts: AuditFacts = {
    tenant: {},
    question: null,
    statement: null,
    verdict: null,
    relations: [],
    rows: null,
    total: null,
    bytes: null,
    truncated: false,
    planCost: null,
    model: null,
    cache: 'off',
  };
  return {
    id,
    note(more) {
      facts = { ...facts, ...more };
    },
    finish: (end) => ({ version: 1, id, at, action, front: caller.front, sessionId: caller.sessionId, principal: caller.principal, ...facts, ...end }),
  };
}

/** A question as it is recorded. */
export function auditedQuestion(question: string, record: 'digest' | 'text'): NonNullable<AuditRecord['question']> {
  return { digest: digest(question), characters: question.length, ...(record === 'text' ? { text: question } : {}) };
}

/** A statement as it is recorded: no literal, no value. */
export function auditedStatement(sql: string, parameters: readonly string[]): NonNullable<AuditRecord['statement']> {
  return { digest: digest(sql), redacted: redactLiterals(sql.slice(0, 20_000)), parameters };
}

/** Relations as `schema.name`. */
export function auditedRelations(relations: readonly { readonly schema: string; readonly name: string }[]): readonly string[] {
  return relations.map((relation) => `${relation.schema}.${relation.name}`);
}
