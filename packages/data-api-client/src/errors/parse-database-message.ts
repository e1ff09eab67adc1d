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
 * after semicolons or on lines of their own. Aurora MySQL adds `Error code: 1146`; its first version of the service wrote
 * `Database error code: 1146. Message: ..`, without an SQLSTATE.
 */
export function parseDatabaseMessage(text: string): DatabaseMessage {
  const first = firstVersion.exec(text);
  if (first) return { message: first[2] ?? '', errorNumber: Number(first[1]), ...stateOf(first[1] ?? '') };
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

const firstVersion = /^Database error code: (\d+)\. Message: ([\s\S]*)$/u;

/** The states that decide what a caller does next. */
function stateOf(errorNumber: string): { readonly sqlState?: string } {
  const sqlState = { 1205: 'HY000', 1213: '40001', 1062: '23000', 1451: '23000', 1452: '23000', 1064: '42000', 1146: '42S02', 1054: '42S22', 1792: '25006' }[errorNumber];
  return sqlState === undefined ? {} : { sqlState };
}

function wholeNumber(text: string | undefined): number | undefined {
  const digits = /^\d+/u.exec(text ?? '')?.[0];
  return digits === undefined ? undefined : Number(digits);
}
