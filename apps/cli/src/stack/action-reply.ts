import type { ExecuteFailureCode, ExecuteQueryResult, GenerateFailureCode, GenerateQueryResult } from '@ask-aurora/agent-actions';
import { z } from 'zod';
import { CliError } from '../cli-error.js';

const violations = z.array(z.object({ rule: z.string(), message: z.string(), hint: z.string(), start: z.number(), end: z.number() })).default([]);
const failure = z.object({ outcome: z.literal('failure'), code: z.string(), message: z.string(), hint: z.string().nullable().default(null), retryable: z.boolean().default(false), retryAfterMs: z.number().nullable().default(null) });
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const generated = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('statement'), sql: z.string(), parameters: z.record(z.string(), value), explanation: z.string(), confidence: z.number(), relations: z.array(z.string()) }),
  z.object({ outcome: z.literal('clarification'), question: z.string() }),
  z.object({ outcome: z.literal('abstention'), reason: z.string() }),
  z.object({ outcome: z.literal('refusal'), stage: z.enum(['input', 'screen', 'guard', 'model']), reason: z.string(), violations }),
  failure,
]);

const executed = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('rows'), columns: z.array(z.object({ name: z.string(), type: z.string() })), rows: z.array(z.array(z.json())), rowCount: z.number(), rowCountIsExact: z.boolean().default(true), truncated: z.boolean() }),
  z.object({ outcome: z.literal('refusal'), stage: z.enum(['input', 'guard', 'parameters', 'tenant', 'plan']), reason: z.string(), violations }),
  failure.extend({ sqlState: z.string().nullable().default(null), near: z.string().nullable().default(null) }),
]);

/** What a deployed generate-query replied, as the action itself would have said it. @throws {CliError} `stack-reply-malformed` */
export function readGenerated(reply: unknown): GenerateQueryResult {
  const body = parsed(generated, reply, 'generate_query');
  switch (body.outcome) {
    case 'statement':
      return { kind: 'statement', ...body, relations: body.relations.map(relation), source: 'model', attempts: [], auditId: '' };
    case 'clarification':
      return { kind: 'clarification', question: body.question, auditId: '' };
    case 'abstention':
      return { kind: 'abstention', code: 'unanswerable', reason: body.reason, auditId: '' };
    case 'refusal':
      return { kind: 'refusal', stage: body.stage, reason: body.reason, violations: body.violations, auditId: '' };
    case 'failure':
      return { kind: 'failure', ...body, code: body.code as GenerateFailureCode, auditId: '' };
  }
}

/** What a deployed execute-query replied to a statement. @throws {CliError} `stack-reply-malformed` */
export function readExecuted(reply: unknown, statement: string): ExecuteQueryResult {
  const body = parsed(executed, reply, 'execute_query');
  switch (body.outcome) {
    case 'rows': {
      const { columns, truncated } = body;
      const rows = body.rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
      return { kind: 'rows', columns, rows, rowCount: rows.length, total: { rows: body.rowCount, isExact: body.rowCountIsExact }, truncated, truncatedBy: truncated ? 'rows' : null, statement, relations: [], planCost: null, cached: false, bytes: 0, auditId: '' };
    }
    case 'refusal':
      return { kind: 'refusal', stage: body.stage, reason: body.reason, violations: body.violations, parameterProblems: [], auditId: '' };
    case 'failure':
      return { kind: 'failure', ...body, code: body.code as ExecuteFailureCode, auditId: '' };
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, reply: unknown, tool: string): z.output<Schema> {
  const result = schema.safeParse(reply);
  if (!result.success) throw new CliError('stack-reply-malformed', `The stack's ${tool} replied something else than this command understands; use the ask-aurora of the version that was deployed.`, { cause: result.error });
  return result.data;
}

function relation(text: string): { readonly schema: string; readonly name: string } {
  const dot = text.indexOf('.');
  return { schema: text.slice(0, Math.max(dot, 0)), name: text.slice(dot + 1) };
}
