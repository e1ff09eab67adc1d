import { z } from 'zod';
import { AgentActionsError } from '../agent-actions-error.js';
import type { InvocationContext } from '../bedrock-classic/create-bedrock-classic-handler.js';
import type { Caller } from '../caller/caller.js';
import { createActionDispatcher, type Actions } from '../dispatch/create-action-dispatcher.js';
import { fitReply } from '../dispatch/fit-reply.js';
import type { ToolReply } from '../dispatch/tool-reply.js';

const custom = z.object({ bedrockAgentCoreToolName: z.string(), bedrockAgentCoreGatewayId: z.string().optional(), bedrockAgentCoreTargetId: z.string().optional(), bedrockAgentCoreSessionId: z.string().optional(), bedrockAgentCoreMcpMessageId: z.string().optional() });

/** The part of a Lambda context that an AgentCore Gateway fills. */
export interface AgentCoreContext extends InvocationContext {
  readonly awsRequestId?: string;
  readonly clientContext?: unknown;
}

/** The actions, and what this target stands for. */
export interface AgentCoreHandlerOptions extends Actions {
  /**
   * The tenant of every call of this target. A Gateway passes on nothing of its caller but arguments, which a model
   * wrote: so the tenant belongs to the target, not to the call. @default none
   */
  readonly tenant?: Caller['tenant'];
  /** Bytes of a reply. @default 262_144 */
  readonly maxReplyBytes?: number;
}

/** A Lambda target of an AgentCore Gateway: bare arguments in, JSON out. */
export type AgentCoreHandler = (event: unknown, context: AgentCoreContext, options?: { readonly signal?: AbortSignal }) => Promise<ToolReply['body']>;

/** The custom client context of a Gateway call, or undefined when the invocation is not from a Gateway. */
export function gatewayContext(context: AgentCoreContext | undefined): z.output<typeof custom> | undefined {
  const client = context?.clientContext;
  if (typeof client !== 'object' || client === null) return undefined;
  const found = (client as { custom?: unknown; Custom?: unknown }).custom ?? (client as { Custom?: unknown }).Custom;
  const parsed = custom.safeParse(found);
  return parsed.success ? parsed.data : undefined;
}

/**
 * Makes the handler of a Gateway target. The tool is named in the client context as `<target>___<tool>`.
 *
 * @throws AgentActionsError (the handler) `invalid-event` when the invocation carries no tool name.
 */
export function createAgentCoreHandler(options: AgentCoreHandlerOptions): AgentCoreHandler {
  const dispatch = createActionDispatcher(options);
  const { tenant = {}, maxReplyBytes = 256 * 1024 } = options;
  return async (event, context, { signal } = {}) => {
    const gateway = gatewayContext(context);
    if (gateway === undefined) throw new AgentActionsError('invalid-event', 'This is no call of an AgentCore Gateway: the client context names no tool.');
    const remaining = context.getRemainingTimeInMillis?.();
    const reply = await dispatch({
      name: gateway.bedrockAgentCoreToolName.split('___').at(-1) ?? '',
      input: event,
      caller: {
        sessionId: gateway.bedrockAgentCoreSessionId ?? gateway.bedrockAgentCoreMcpMessageId ?? context.awsRequestId ?? 'gateway',
        principal: gateway.bedrockAgentCoreGatewayId ?? null,
        tenant,
        front: 'agentcore',
      },
      ...(remaining === undefined ? {} : { deadlineMs: Math.max(1, remaining - 500) }),
      ...(signal === undefined ? {} : { signal }),
    });
    return fitReply(reply, maxReplyBytes, (body) => Buffer.byteLength(JSON.stringify(body))).body;
  };
}
