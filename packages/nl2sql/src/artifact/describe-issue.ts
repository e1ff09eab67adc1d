import type { z } from 'zod';

/** A fault that zod found, with where it is. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const inner = issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
  return `${issue.path.map(String).join('.') || 'document'}: ${inner ?? issue.message}`;
}
