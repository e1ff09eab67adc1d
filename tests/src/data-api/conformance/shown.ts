/** A JavaScript value as the table shows it: its kind is as much a part of the answer as its content. */
export function shown(value: unknown): string {
  if (value instanceof Date) return `Date ${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}`;
  if (value instanceof Uint8Array) return `${Buffer.isBuffer(value) ? 'Buffer' : 'Uint8Array'} ${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (value === undefined) return 'undefined';
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)).replaceAll(',', ', ');
}

/** A failure as the table shows it: by the name a program can look at, and SQLSTATE or the message's start. */
export function shownError(error: unknown): string {
  if (!(error instanceof Error)) return `throws ${shown(error)}`;
  const cause = error.cause instanceof Error && error.message.startsWith('Failed query') ? error.cause : error;
  const state = 'sqlState' in cause && typeof cause.sqlState === 'string' ? cause.sqlState : /SQLState: (\w{5})/.exec(cause.message)?.[1];
  const start = (cause.message.split('\n')[0] ?? '').replaceAll(/[^\x20-\x7e]+/g, '?');
  return `throws ${cause.name}: ${state ?? (start.length > 60 ? `${start.slice(0, 57)}...` : start)}`;
}
