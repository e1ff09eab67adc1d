/** The parts of a database error's text. */
export interface DatabaseMessage {
  readonly message: string;
  readonly sqlState?: string;
  readonly errorNumber?: number;
  readonly position?: number;
  readonly hint?: string;
  readonly detail?: string;
}

/** A label that starts a trailing part: `; SQLState: 42P01` (Data API) or a new line `  Detail: ..` (the driver's own form). */
const labelled = /(?:;\s*|\n\s*)(Position|SQLState|Hint|Detail|Error code|Where):[ \t]*/giu;

/**
 * Takes the text of a DatabaseErrorException apart.
 *
 * Aurora PostgreSQL: `ERROR: relation "x" does not exist; Position: 15; SQLState: 42P01`, with `Hint:` and `Detail:` parts
 * after semicolons or on lines of their own. Aurora MySQL adds `Error code: 1146`.
 */
export function parseDatabaseMessage(text: string): DatabaseMessage {
  const parts = new Map<string, string>();
  let headEnd = text.length;
  let open: { readonly label: string; readonly from: number } | undefined;
  const close = (end: number): void => {
    if (open) parts.set(open.label, text.slice(open.from, end).trim());
  };
  for (const match of text.matchAll(labelled)) {
    close(match.index);
    headEnd = Math.min(headEnd, match.index);
    open = { label: (match[1] ?? '').toLowerCase(), from: match.index + match[0].length };
  }
  close(text.length);

  const sqlState = /^[0-9A-Z]{5}/u.exec(parts.get('sqlstate') ?? '')?.[0];
  const position = wholeNumber(parts.get('position'));
  const errorNumber = wholeNumber(parts.get('error code'));
  const hint = parts.get('hint');
  const detail = parts.get('detail');
  return {
    message: text.slice(0, headEnd).trim(),
    ...(sqlState === undefined ? {} : { sqlState }),
    ...(errorNumber === undefined ? {} : { errorNumber }),
    ...(position === undefined ? {} : { position }),
    ...(hint ? { hint } : {}),
    ...(detail ? { detail } : {}),
  };
}

function wholeNumber(text: string | undefined): number | undefined {
  const digits = /^\d+/u.exec(text ?? '')?.[0];
  return digits === undefined ? undefined : Number(digits);
}
