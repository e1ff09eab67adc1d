const marker = Symbol.for('ask-aurora.agent-actions.error');

/**
 * Why this package threw.
 * - `invalid-configuration`: an option, a policy or an environment variable is wrong; fix the deployment.
 * - `invalid-event`: a front sent an event that is not of its documented shape.
 * - `aborted`: the caller's signal fired.
 * - `payload-too-large`: a reply could not be made to fit the front's limit.
 * - `model-failed`: the model behind an agent loop failed.
 * - `tool-failed`: a tool of an agent loop threw; the cause is what it threw.
 */
export type AgentActionsErrorCode = 'invalid-configuration' | 'invalid-event' | 'aborted' | 'payload-too-large' | 'model-failed' | 'tool-failed';

/** The base of every error this package throws. What a caller may expect (a refusal, a failed statement) is a value instead. */
export class AgentActionsError extends Error {
  override readonly name: string = 'AgentActionsError';
  readonly code: AgentActionsErrorCode;

  constructor(code: AgentActionsErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for an error of this package, also when it came from another copy of it. */
  static isInstance(value: unknown): value is AgentActionsError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true;
  }
}
