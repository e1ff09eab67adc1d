import { parse } from 'yaml';
import { describeIssue } from '../artifact/describe-issue.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import { overlaySchema } from './overlay.js';
import type { Overlay } from './overlay.js';

/** More aliases than a hand-written file has, and few enough that a file built of aliases cannot fill memory. */
const maximumAliases = 100;

/**
 * Reads an overlay from the text of a YAML or JSON file, or from a parsed document.
 *
 * @throws Nl2SqlError `overlay-invalid`, naming every key that is unknown or of a wrong type.
 */
export function parseOverlay(input: unknown): Overlay {
  const parsed = overlaySchema.safeParse(typeof input === 'string' ? parseText(input) : input);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(describeIssue).join('; ');
  throw new Nl2SqlError({ code: 'overlay-invalid', message: `The overlay cannot be used: ${faults}.`, cause: parsed.error });
}

function parseText(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: maximumAliases }) ?? {};
  } catch (cause) {
    throw new Nl2SqlError({ code: 'overlay-invalid', message: `The overlay is neither YAML nor JSON: ${cause instanceof Error ? cause.message : String(cause)}`, cause });
  }
}
