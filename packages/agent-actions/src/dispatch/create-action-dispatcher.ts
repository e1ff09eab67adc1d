import type { TraceStep } from '@ask-aurora/nl2sql';
import type { z } from 'zod';
import type { Caller } from '../caller/caller.js';
import type { ExecuteQuery } from '../execute-query/create-execute-query.js';
import type { GenerateQuery } from '../generate-query/create-generate-query.js';
import { actionToolNamed, executeQueryArguments, generateQueryArguments } from './action-tools.js';
import { replyToExecute } from './reply-to-execute.js';
import { replyToGenerate } from './reply-to-generate.js';
import type { ToolReply } from './tool-reply.js';

/** The actions a front offers; an absent one is unknown to it. */
export interface Actions {
  readonly generateQuery?: GenerateQuery;
  readonly executeQuery?: ExecuteQuery;
}

/** A call of a tool by name, with arguments nobody has checked yet. */
export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
  readonly caller: Caller;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: TraceStep) => void;
}

/** Checks the arguments of a call, runs its action and gives the reply. The one place where tools meet actions. */
export type ActionDispatcher = (call: ToolCall) => Promise<ToolReply>;

/** Makes the dispatcher that every front goes through, which is why they all behave alike. */
export function createActionDispatcher(actions: Actions): ActionDispatcher {
  return async ({ name, input, caller, deadlineMs, signal, onStep }) => {
    const context = { caller, ...(deadlineMs === undefined ? {} : { deadlineMs }), ...(signal === undefined ? {} : { signal }), ...(onStep === undefined ? {} : { onStep }) };
    const tool = actionToolNamed(name);
    if (tool === 'generate_query' && actions.generateQuery !== undefined) {
      const parsed = generateQueryArguments.safeParse(input);
      if (!parsed.success) return malformed(parsed.error);
      return replyToGenerate(await actions.generateQuery({ ...context, question: parsed.data.question }));
    }
    if (tool === 'execute_query' && actions.executeQuery !== undefined) {
      const parsed = executeQueryArguments.safeParse(input);
      if (!parsed.success) return malformed(parsed.error);
      const { sql, parameters, max_rows: maxRows } = parsed.data;
      return replyToExecute(await actions.executeQuery({ ...context, sql, ...(parameters === undefined ? {} : { parameters }), ...(maxRows === undefined ? {} : { maxRows }) }));
    }
    return inputRefusal('There is no tool of this name here.', 404);
  };
}

function malformed(error: z.ZodError): ToolReply {
  // Names in a path are the caller's: there may be many, and they may be long.
  const told = error.issues.slice(0, 10).map((issue) => `"${issue.path.join('.').slice(0, 80)}" ${issue.message}`);
  return inputRefusal(`The arguments are malformed: ${told.join('; ')}${error.issues.length > told.length ? '; and more' : ''}`, 400);
}

function inputRefusal(reason: string, status: number): ToolReply {
  return { outcome: 'refusal', code: 'input', next: 'repair', status, body: { outcome: 'refusal', stage: 'input', reason, violations: [] } };
}
