import { mentionHere, peek, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import type { Link } from './link.js';
import { timeExpression } from './time-expression.js';
import { functionWords, neutralVerbs } from './word-classes.js';

/** A verb at a position: how many tokens it takes and what it may stand for. */
export interface FoundVerb {
  readonly length: number;
  readonly links: readonly Link[];
}

/** A verb that stands for something of the schema: "led by", "hired" before a date, "enrolled". Does not advance. */
export function verbHere(cursor: Cursor): FoundVerb | null {
  const token = peek(cursor);
  if (token?.kind !== 'word' || functionWords.has(token.lower)) return null;
  return roleVerb(cursor) ?? columnVerb(cursor) ?? stemVerb(cursor);
}

/** "led by", "advised by": a key's role and what plays it. */
function roleVerb(cursor: Cursor): FoundVerb | null {
  const role = mentionHere(cursor, ['role']);
  return role !== null && wordAt(cursor, role.length) === 'by' ? role : null;
}

/** A synonym of a column that is a verb form, before a time, a place or a value: "hired before", "majoring in". */
function columnVerb(cursor: Cursor): FoundVerb | null {
  const column = mentionHere(cursor, ['column']);
  const token = peek(cursor);
  const last = column === null ? '' : wordAt(cursor, column.length - 1);
  if (column === null || token === undefined) return null;
  if (!(isParticiple(token.lower) || (column.length === 1 && isDated(cursor)) || (column.length > 1 && functionWords.has(last)))) return null;
  if (mentionHere(cursor, ['relation', 'value', 'filter', 'metric'])?.length === column.length) return null;
  const next = cursor.tokens[cursor.position + column.length];
  const goesOn = next === undefined || next.kind === 'comma' || functionWords.has(next.lower) || /^(more|less|fewer|exactly|over|under|above|below|no|only|most)$/.test(next.lower) || column.length > 1 || timeExpression(cursor.tokens, cursor.position + column.length, cursor.today) !== null;
  return goesOn || isParticipleColumn(cursor) ? { length: column.length, links: [...column.links, ...(column.length === 1 ? cursor.lexicon.verb(token) : [])] } : null;
}

/** A participle that names nothing but columns, with a relation after it: "placed orders". */
export function isParticipleColumn(cursor: Cursor): boolean {
  const mention = mentionHere(cursor);
  if (mention === null || mention.length !== 1 || !isParticiple(wordAt(cursor)) || mention.links.some((link) => link.kind !== 'column')) return false;
  const next = { ...cursor, position: cursor.position + 1 };
  return mentionHere(next, ['relation']) !== null;
}

function stemVerb(cursor: Cursor): FoundVerb | null {
  const token = peek(cursor);
  if (token === undefined || !(looksLikeVerb(token.lower) || isDated(cursor) || neutralVerbs.has(token.lower))) return null;
  const links = cursor.lexicon.verb(token);
  const known = mentionHere(cursor, ['relation', 'value', 'filter', 'metric', 'column']);
  // "delivered in 2024" is the date before it is the status.
  if (known?.length === 1 && known.links.every((link) => link.kind === 'value') && timeExpression(cursor.tokens, cursor.position + 1, cursor.today) !== null) {
    const dated = links.filter((link) => link.kind === 'column' && (link.column.kind === 'date' || link.column.kind === 'timestamp'));
    if (dated.length > 0) return { length: 1, links: dated };
  }
  if (known !== null) return null;
  // "studying" is neutral even where "study" is a synonym of some relation.
  if (neutralVerbs.has(token.lower) && links.every((link) => link.cost >= 0.3)) return null;
  return links.length === 0 ? null : { length: 1, links };
}

/** "due in 2024": a word that a date is named after, with a time behind it. */
function isDated(cursor: Cursor): boolean {
  const token = peek(cursor);
  const dates = token === undefined ? [] : cursor.lexicon.verb(token).filter((link) => link.kind === 'column' && (link.column.kind === 'date' || link.column.kind === 'timestamp'));
  // "When did the branch open"
  if (dates.length > 0 && peek(cursor, 1) === undefined && cursor.tokens.some(({ lower }) => lower === 'did' || lower === 'does')) return true;
  return dates.length > 0 && timeExpression(cursor.tokens, cursor.position + 1, cursor.today) !== null;
}

function looksLikeVerb(word: string): boolean {
  return isParticiple(word) || /(?<!s)s$/.test(word);
}

/** Past and present participles; a plural noun looks like a third person and is not taken for one. */
function isParticiple(word: string): boolean {
  return /(ed|ing|en|ught|uilt|old|ld|id|orn|egan|egun|rote|ent)$/.test(word);
}
