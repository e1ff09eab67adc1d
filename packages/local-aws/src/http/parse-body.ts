import { z } from 'zod';
import { ServiceError } from './service-error.js';

/** A request's body by its schema, or the ValidationException a client gets. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const count = parsed.error.issues.length;
    throw new ServiceError('ValidationException', `${count} validation error${count === 1 ? '' : 's'} detected: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
  }
  return parsed.data;
}
