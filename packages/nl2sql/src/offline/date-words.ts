import type { Link } from './link.js';
import { stem } from './stem.js';
import type { Token } from './tokenise.js';

/** "return date", "joining date" for `returned_on` and `joined_at`. */
export function dateColumns(token: Token, verbs: ReadonlyMap<string, readonly Link[]>): readonly Link[] {
  return token.kind !== 'word' ? [] : (verbs.get(stem(token.lower)) ?? []).filter((link) => link.kind === 'column' && (link.column.kind === 'date' || link.column.kind === 'timestamp'));
}

/** Days that are set before they come: a permit with a day on which it expires has not expired yet. */
const ahead = /^(expire|expiry|expiration|due|planned|scheduled|expected|estimated|valid|target)/;

/** "unpaid" and "paid" for `paid_on`: a participle of a date that may be empty tells whether it is. */
export function presences(token: Token, verbs: ReadonlyMap<string, readonly Link[]>): readonly Link[] {
  if (token.kind !== 'word') return [];
  const participle = /^un(?=.{4})/.test(token.lower) ? token.lower.slice(2) : token.lower;
  if (!/(ed|id|en|nt|old)$/.test(participle)) return [];
  const present = participle === token.lower;
  return (verbs.get(stem(participle)) ?? []).flatMap((link): Link[] => (link.kind === 'column' && !link.column.words.some((word) => ahead.test(word)) && link.column.column.nullable && (link.column.kind === 'date' || link.column.kind === 'timestamp') ? [{ kind: 'presence', column: link.column, present, cost: present ? 0.3 : 0.1 }] : []));
}
