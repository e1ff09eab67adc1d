import { Nl2SqlError } from '../nl2sql-error.js';
import type { Model, ModelRequest, ModelResponse } from './model-port.js';

/**
 * Generates by the model's stream where it has one, and hands the text on as it comes: a slow reply is then limited by its
 * silences and not by its length.
 */
export async function generateByStream(model: Model, request: ModelRequest, onText?: (delta: string) => void): Promise<ModelResponse> {
  if (model.stream === undefined) return model.generate(request);
  for await (const event of model.stream(request)) {
    if (event.type === 'response') return event.response;
    if (event.type === 'text-delta') onText?.(event.text);
  }
  throw new Nl2SqlError({ code: 'model-malformed-response', message: `The stream of ${model.id} ended without a response.`, retryable: true });
}
