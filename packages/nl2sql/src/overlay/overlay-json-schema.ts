import { z } from 'zod';
import { overlaySchema } from './overlay.js';

/** The JSON Schema (draft 2020-12) of an overlay file. */
export function overlayJsonSchema(): Record<string, unknown> {
  return { title: 'Ask Aurora overlay', ...z.toJSONSchema(overlaySchema, { io: 'input' }) };
}
