import { createAgentCoreHandler, gatewayContext } from '../agentcore/create-agentcore-handler.js';
import { createBedrockClassicHandler } from '../bedrock-classic/create-bedrock-classic-handler.js';
import type { Caller } from '../caller/caller.js';
import type { Actions } from '../dispatch/create-action-dispatcher.js';
import type { Telemetry } from './telemetry.js';

/** The parts of Lambda's context that are used. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly clientContext?: unknown;
  getRemainingTimeInMillis(): number;
}

/** What a function starts with. */
export interface ActionLambda {
  readonly actions: Actions;
  /** See `AgentCoreHandlerOptions.tenant`. */
  readonly tenant: Caller['tenant'];
}

/**
 * Makes a Lambda handler out of an action. It serves action groups of Bedrock Agents Classic and targets of AgentCore
 * Gateways alike: the client context tells which one is calling.
 * @param start runs during the function's start, where it costs no caller anything; when it fails it is run again for
 *   the next event, whose caller then hears of it
 */
export async function createActionLambda(start: () => Promise<ActionLambda>, telemetry: Telemetry): Promise<(event: unknown, context: LambdaContext) => Promise<unknown>> {
  const begin = async () => {
    const { actions, tenant } = await start();
    return { classic: createBedrockClassicHandler(actions), gateway: createAgentCoreHandler({ ...actions, tenant }) };
  };
  let ready: ReturnType<typeof begin> | undefined = begin();
  await ready.catch(() => undefined);
  return (event, context) =>
    telemetry.around(context, async () => {
      ready ??= begin();
      let handlers: Awaited<ReturnType<typeof begin>>;
      try {
        handlers = await ready;
      } catch (error) {
        ready = undefined;
        telemetry.onFault(error);
        throw error;
      }
      return gatewayContext(context) === undefined ? handlers.classic(event, context) : handlers.gateway(event, context);
    });
}
