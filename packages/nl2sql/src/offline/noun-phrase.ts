import { atEnd, mentionHere, peek, takePhrase, textOf, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import type { Link, LinkKind } from './link.js';
import { readAggregate } from './aggregate-words.js';
import type { AggregateFunction, Mention, NounPhrase, OuterFunction, Superlative } from './request.js';
import { startsComparative } from './comparative.js';
import { isPlural } from './singular.js';
import { readSuperlative } from './superlative.js';
import { timeExpression } from './time-expression.js';
import { withAlternatives } from './value-alternatives.js';
import { isParticipleColumn, verbHere } from './verb-forms.js';
import { isWeekday } from './weekdays.js';
import { determiners, functionWords, neutralVerbs, rowNouns } from './word-classes.js';

const nominal: readonly LinkKind[] = ['relation', 'role', 'column', 'label', 'metric'];
const naming = ['called', 'named', 'titled', 'name is', 'with the name', 'by the name of', 'with name', 'with title', 'with the title'];
const longestName = 5;

/** Reads a noun phrase, or nothing. Leaves the cursor after it. */
export function readNounPhrase(cursor: Cursor): NounPhrase | null {
  const from = cursor.position;
  const phrase = readParts(cursor);
  if (phrase === null) cursor.position = from;
  return phrase;
}

function readParts(cursor: Cursor): NounPhrase | null {
  const from = cursor.position;
  skipDeterminers(cursor);
  let superlative: Superlative | null = null;
  let aggregate: AggregateFunction | null = null;
  let outer: { readonly outer: OuterFunction; readonly figure: 'count' | 'sum' } | null = null;
  let distinct = takeDistinct(cursor);
  if (mentionHere(cursor, ['metric']) === null) {
    superlative = readSuperlative(cursor);
    if (superlative !== null) skipDeterminers(cursor);
    if (!startsLongName(cursor)) aggregate = readAggregate(cursor);
    // "average number of pages" is the average of the pages.
    if (aggregate !== null && aggregate !== 'count' && takesNumberOf(cursor)) cursor.position += 2;
    outer = readInnerFigure(cursor, aggregate);
    if (outer !== null) aggregate = outer.figure;
  }
  // "amount of funding" is funding.
  if (/^(amount|value)$/.test(wordAt(cursor)) && wordAt(cursor, 1) === 'of' && mentionHere(cursor) === null && mentionHere({ ...cursor, position: cursor.position + 2 }, ['column', 'metric']) !== null) cursor.position += 2;
  skipDeterminers(cursor);
  distinct = takeDistinct(cursor) || distinct;
  const nameBefore = properName(cursor, true);
  if (nameBefore !== null && cursor.tokens[cursor.position - 1]?.possessive === true) {
    const named: NounPhrase = { text: nameBefore, aggregate: null, distinct: false, superlative: null, before: [], head: null, name: nameBefore, key: null, of: null };
    return superlative === null && aggregate === null ? readOwned(cursor, named) : null;
  }
  const mentions = readMentions(cursor, nameBefore !== null);
  const last = mentions.at(-1);
  // "project leads" are leads.
  const valueHead = last !== undefined && mentions.length > 1 && last.links.every((link) => link.kind === 'value') && isPlural(last.text) && !isPlural(mentions.at(-2)?.text ?? '');
  const headIndex = valueHead ? mentions.length - 1 : mentions.findLastIndex((mention) => mention.links.some((link) => nominal.includes(link.kind)));
  const head = mentions[headIndex >= 0 ? headIndex : mentions.length - 1] ?? null;
  if (head === null && nameBefore === null) return null;
  const before = mentions.filter((mention) => mention !== head);
  // "order count" is a number of orders.
  if (aggregate === null && superlative === null && head !== null && hasRelation(head.links) && mentionHere(cursor) === null && takePhrase(cursor, ['count', 'counts']) !== null) aggregate = 'count';
  // "average visits per member" is an average of how many.
  const counts = outer === null && (aggregate === 'avg' || aggregate === 'median') && superlative === null && head !== null && isPlural(head.text) && head.links.every((link) => link.kind === 'relation');
  if (counts) [outer, aggregate] = [{ outer: aggregate === 'median' ? 'median' : 'avg', figure: 'count' }, 'count'];
  if (head !== null && (takePhrase(cursor, ['id', 'ids', 'number', 'no', 'nr']) !== null) && peek(cursor)?.kind !== 'number') cursor.position -= 1;
  if (head !== null && aggregate !== 'count' && head.links.some((link) => link.kind === 'column' && link.column.kind === 'number') && mentionHere(cursor) === null) takePhrase(cursor, ['count', 'counts']);
  // "orders 2023", "orders Q1" are those of a time.
  const dated = head !== null && isPlural(head.text) && timeExpression(cursor.tokens, cursor.position, cursor.today) !== null;
  const key = head !== null && !dated && hasRelation(head.links) ? takeKey(cursor) : null;
  const named = head === null ? null : takePhrase(cursor, naming);
  const name = nameBefore ?? (named === null ? (dated ? null : properName(cursor, false)) : (properName(cursor, false) ?? looseName(cursor)));
  const rest: NounPhrase = { text: textOf(cursor, from, cursor.position - from), aggregate, distinct, superlative, before, head, name, key, of: null, ...(outer === null ? {} : { outer: outer.outer }) };
  const owned = readOwned(cursor, rest);
  if (owned !== null) return owned;
  const of = readOf(cursor, rest);
  return { ...rest, of };
}

/** "Client B's shipments" are the shipments of Client B. */
function readOwned(cursor: Cursor, owner: NounPhrase): NounPhrase | null {
  const last = cursor.tokens[cursor.position - 1];
  if (last?.possessive !== true || owner.aggregate !== null || owner.superlative !== null) return null;
  const phrase = readNounPhrase(cursor);
  return phrase === null || phrase.of !== null || phrase.head === null ? null : { ...phrase, of: owner };
}

/** "of" binds to what is asked of something: an attribute, an aggregate, rows of a relation. */
function readOf(cursor: Cursor, phrase: NounPhrase): NounPhrase | null {
  if (wordAt(cursor) !== 'of' || phrase.head === null) return null;
  if (!phrase.head.links.some((link) => link.kind !== 'value' && link.kind !== 'filter')) return null;
  const from = cursor.position;
  cursor.position += 1;
  if (/^(each|every|all)$/.test(wordAt(cursor)) && wordAt(cursor) !== 'all') {
    cursor.position = from;
    return null;
  }
  const of = readNounPhrase(cursor);
  if (of === null) cursor.position = from;
  return of;
}

function readMentions(cursor: Cursor, named: boolean): Mention[] {
  const mentions: Mention[] = [];
  for (;;) {
    const mention = withoutVerb(cursor, mentionHere(cursor));
    if (mention === null || (mentions.length > 0 && startsClause(cursor))) return mentions;
    // "appointments | last month", where somebody's last name is known
    if ((timeExpression(cursor.tokens, cursor.position, cursor.today)?.length ?? 0) > mention.length) return mentions;
    if ((named || mentions.length > 0) && (verbHere(cursor) !== null || isPredicate(cursor, mentions.at(-1), mention.length))) return mentions;
    const first = mentions.length;
    mentions.push({ text: mention.text, links: mention.links });
    cursor.position += mention.length;
    mentions[first] = withColumn(cursor, withAlternatives(cursor, { text: mention.text, links: mention.links }));
    // "the Physics department's courses"
    if (cursor.tokens[cursor.position - 1]?.possessive === true && hasRelation(mention.links)) return mentions;
    if (/^(amounts?|values?)$/.test(wordAt(cursor)) && mention.links.some((link) => link.kind === 'column' && link.column.kind === 'number') && mentionHere(cursor) === null) cursor.position += 1;
    if (/^(data|records?|information|details?|info|rows?|entries)$/.test(wordAt(cursor)) && mentionHere(cursor) === null) cursor.position += 1;
  }
}

/** "high or medium priority requests": before another noun, the column only says what the values are of. */
function withColumn(cursor: Cursor, mention: Mention): Mention {
  const column = mentionHere(cursor, ['column']);
  if (column === null || mentionHere({ ...cursor, position: cursor.position + column.length }, nominal) === null) return mention;
  const links = mention.links.filter((value) => value.kind === 'value' && column.links.some((link) => link.kind === 'column' && link.column === value.column));
  if (links.length === 0) return mention;
  cursor.position += column.length;
  return { text: mention.text, links };
}

/** "students | major in Physics": after a plural, a column and "in" are its verb. */
function isPredicate(cursor: Cursor, before: Mention | undefined, length: number): boolean {
  if (before === undefined) return false;
  // "customers from Germany | placed orders", "products | cost more than 20"
  if (isParticipleColumn(cursor) || (hasRelation(before.links) && startsComparative(cursor))) return true;
  if (!hasRelation(before.links)) return false;
  // "students | dropped a course", "has each student | completed"
  if (/(ed|en)$/.test(wordAt(cursor)) && mentionHere(cursor, ['relation', 'role', 'metric', 'label']) === null) return true;
  if (!isPlural(before.text)) return false;
  // "projects | active since 2020"
  const mention = mentionHere(cursor);
  if (mention !== null && mention.links.every((link) => link.kind === 'value') && cursor.tokens[cursor.position]?.capital === false && !isPlural(mention.text)) return true;
  return mentionHere(cursor, ['column']) !== null && mentionHere(cursor, ['relation', 'role']) === null && /^(in|at|on)$/.test(wordAt(cursor, length));
}

/** "students major in Physics", "employees hired before": a plural before a verb is its subject, not part of a compound. */
function withoutVerb(cursor: Cursor, mention: ReturnType<typeof mentionHere>): ReturnType<typeof mentionHere> {
  if (mention === null || mention.length < 2) return mention;
  const subject = cursor.lexicon.at(cursor.tokens, cursor.position).find(({ length, links }) => length < mention.length && hasRelation(links));
  if (subject === undefined) return mention;
  const after = { ...cursor, position: cursor.position + subject.length };
  if (startsComparative(after)) return { text: textOf(cursor, cursor.position, subject.length), links: subject.links, length: subject.length };
  return !isPlural(wordAt(cursor)) || (verbHere(after) === null && !/^(in|at|on)$/.test(wordAt(cursor, mention.length))) ? mention : { text: textOf(cursor, cursor.position, subject.length), links: subject.links, length: subject.length };
}

function startsClause(cursor: Cursor): boolean {
  return functionWords.has(wordAt(cursor));
}

function takesNumberOf(cursor: Cursor): boolean {
  if (wordAt(cursor) !== 'number' || wordAt(cursor, 1) !== 'of' || mentionHere(cursor) !== null) return false;
  const counted = mentionHere({ ...cursor, position: cursor.position + 2 });
  return counted !== null && counted.links.every((link) => link.kind === 'column' && link.column.kind === 'number');
}

/** Whether a name of two words or more begins here, such as the column "total amount": then "total" is part of it. */
function startsLongName(cursor: Cursor): boolean {
  const mention = mentionHere(cursor, ['column', 'metric']);
  return mention !== null && mention.length > 1;
}

/** "average | number of orders", "median | total fee": a figure over figures; "average total price", a column, is none. */
function readInnerFigure(cursor: Cursor, aggregate: AggregateFunction | null): { readonly outer: OuterFunction; readonly figure: 'count' | 'sum' } | null {
  // "number of bookings" counts them, even where a flight has a number.
  const counts = wordAt(cursor) === 'number' && wordAt(cursor, 1) === 'of' && (mentionHere(cursor)?.length ?? 1) === 1 && mentionHere({ ...cursor, position: cursor.position + 2 }, ['relation']) !== null;
  if (aggregate === null || aggregate === 'count' || aggregate === 'sum' || (!counts && mentionHere(cursor) !== null)) return null;
  const from = cursor.position;
  if (counts) {
    cursor.position += 2;
    return { outer: aggregate, figure: 'count' };
  }
  const figure = readAggregate(cursor);
  if ((figure === 'count' || figure === 'sum') && mentionHere({ ...cursor, position: cursor.position + (determiners.has(wordAt(cursor)) || /^(distinct|unique|different)$/.test(wordAt(cursor)) ? 1 : 0) }) !== null) return { outer: aggregate, figure };
  cursor.position = from;
  return null;
}

function skipDeterminers(cursor: Cursor): void {
  while (determiners.has(wordAt(cursor)) && mentionHere(cursor) === null) cursor.position += 1;
}

function takeDistinct(cursor: Cursor): boolean {
  return takePhrase(cursor, ['distinct', 'unique', 'different']) !== null;
}

function hasRelation(links: readonly Link[]): boolean {
  return links.some((link) => link.kind === 'relation' || link.kind === 'role');
}

function takeKey(cursor: Cursor): number | null {
  const from = cursor.position;
  takePhrase(cursor, ['with id', 'with the id', 'with number', 'having id', 'whose id is', 'id', 'number']);
  takePhrase(cursor, ['is', 'of', '=']);
  const token = peek(cursor);
  const following = wordAt(cursor, 1);
  if (token?.kind === 'number' && /^\d+$/.test(token.text) && token.value !== null && following !== 'or' && (cursor.position > from || atLastOf(cursor))) {
    cursor.position += 1;
    return token.value;
  }
  cursor.position = from;
  return null;
}

/** A bare number after a relation is its key only at the end or before a function word: "student 12", not "student 12 credits". */
function atLastOf(cursor: Cursor): boolean {
  const next = peek(cursor, 1);
  return next === undefined || functionWords.has(next.lower) || neutralVerbs.has(next.lower) || next.kind === 'comma';
}

const datePrepositions = new Set(['on', 'since', 'before', 'after', 'until', 'till', 'during', 'over', 'by', 'for', 'around', 'at']);
const namedDay = /\b(day|eve|weekend|week|friday|monday|season|holidays?|christmas|easter|thanksgiving|ramadan|diwali|hanukkah|halloween)$/i;

/** A quoted text, or capitalised words the schema does not know. Before a head it must not be the question's first word. */
function properName(cursor: Cursor, beforeHead: boolean): string | null {
  const first = peek(cursor);
  if (first === undefined) return null;
  if (first.kind === 'quoted') {
    cursor.position += 1;
    return first.text;
  }
  let length = 0;
  while (length < longestName && isProper(cursor, length)) length += 1;
  if (length === 0 || (beforeHead && cursor.position === 0)) return null;
  const name = textOf(cursor, cursor.position, length);
  const wordBefore = cursor.tokens[cursor.position - 1]?.lower ?? '';
  // "Hall B" has a letter for a name; "got an A" names nothing, and "on Christmas Day" nobody.
  if (beforeHead && (name.length === 1 || (datePrepositions.has(wordBefore) && namedDay.test(name)))) return null;
  cursor.position += length;
  return name;
}

function isProper(cursor: Cursor, offset: number): boolean {
  const token = peek(cursor, offset);
  if (token?.kind === 'number') return offset > 0 && !atEnd(cursor) && /^\d{1,3}$/.test(token.text) && peek(cursor, offset - 1)?.kind === 'word';
  // "GPA", "IDs": an abbreviation the schema does not know is no name.
  if (token?.kind !== 'word' || !token.capital || /\p{Lu}\p{Lu}/u.test(token.text) || functionWords.has(token.lower) || rowNouns.has(token.lower) || isWeekday(token.lower)) return false;
  return cursor.lexicon.at(cursor.tokens, cursor.position + offset).length === 0;
}

/** After "called" or "named" the rest of the words is a name, whatever their case. */
function looseName(cursor: Cursor): string | null {
  let length = 0;
  while (length < longestName && peek(cursor, length)?.kind === 'word' && !functionWords.has(wordAt(cursor, length))) length += 1;
  if (length === 0) return null;
  const name = textOf(cursor, cursor.position, length);
  cursor.position += length;
  return name;
}
