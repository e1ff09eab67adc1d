import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { describeIssue } from '../artifact/describe-issue.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import { overlaySchema } from './overlay.js';
import type { Overlay } from './overlay.js';

/** More aliases than a hand-written file has, and few enough that a file built of aliases cannot fill memory. */
const maximumAliases = 100;

/**
 * Reads an overlay from the text of a YAML or JSON file, or from a parsed document.
 *
 * @throws Nl2SqlError `overlay-invalid`, naming every key that is unknown or of a wrong type, of a text with its line
 * and column.
 */
export function parseOverlay(input: unknown): Overlay {
  return readOverlay(input).overlay;
}

/** An overlay and where its parts stand in the text that it was read from. */
export interface PlacedOverlay {
  readonly overlay: Overlay;
  /** Where a path of the document stands in the text: ` (line 3, column 5)`; empty of an overlay without a text. */
  readonly place: (path: readonly PropertyKey[]) => string;
}

/** The same with the places of its parts, for faults that only show beside the database. */
export function readOverlay(input: unknown): PlacedOverlay {
  const { document, place } = typeof input === 'string' ? parseText(input) : { document: input, place: () => '' };
  const parsed = overlaySchema.safeParse(document);
  if (parsed.success) return { overlay: parsed.data, place };
  const faults = parsed.error.issues.map((issue) => `${describeIssue(issue)}${place([...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])])}`).join('; ');
  throw new Nl2SqlError({ code: 'overlay-invalid', message: `The overlay cannot be used: ${faults}.`, cause: parsed.error });
}

interface ParsedText {
  readonly document: unknown;
  readonly place: PlacedOverlay['place'];
}

function parseText(text: string): ParsedText {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const [start] = fault.linePos ?? [];
    const at = start === undefined ? '' : ` (line ${start.line}, column ${start.col})`;
    throw new Nl2SqlError({ code: 'overlay-invalid', message: `The overlay is neither YAML nor JSON${at}: ${fault.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''}.`, cause: fault });
  }
  try {
    return { document: document.toJS({ maxAliasCount: maximumAliases }) ?? {}, place: (path) => placeOf(document, lineCounter, path) };
  } catch (cause) {
    throw new Nl2SqlError({ code: 'overlay-invalid', message: `The overlay is neither YAML nor JSON: ${cause instanceof Error ? cause.message : String(cause)}`, cause });
  }
}

/** The place of the deepest part of a path that the text has: of a key that is missing, its parent's. */
function placeOf(document: Document, lineCounter: LineCounter, path: readonly PropertyKey[]): string {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const offset = offsetOf(document, path.slice(0, depth));
    if (offset === undefined) continue;
    const { line, col } = lineCounter.linePos(offset);
    return ` (line ${line}, column ${col})`;
  }
  return '';
}

/** Where the key of the last step begins, or the item of a list. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const last = path.at(-1);
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last));
    if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0];
    return undefined;
  }
  const node: unknown = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
