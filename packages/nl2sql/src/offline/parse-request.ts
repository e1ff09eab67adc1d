import { atEnd, mentionHere, peek, takePhrase, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import { readCondition } from './conditions.js';
import { readGrouping, readTimeUnit } from './groupings.js';
import { readNounPhrase } from './noun-phrase.js';
import { unknownWords, NotUnderstood } from './not-understood.js';
import type { Lexicon } from './lexicon.js';
import type { Condition, Grouping, Mention, NounPhrase, Ordering, Request } from './request.js';
import { verbHere } from './verb-forms.js';
import { tokenise } from './tokenise.js';
import type { Token } from './tokenise.js';
import { functionWords, grammarWords, leadWords, neutralVerbs, rowNouns, skippableWords } from './word-classes.js';

/** What the readers share while they go through a question: where they are and what they have found. */
export interface Draft extends Cursor {
  readonly heads: NounPhrase[];
  /** Set where a second sentence begins to add heads. */
  asked: number | null;
  conditions: Condition[];
  readonly groups: Grouping[];
  order: Ordering | null;
  limit: number | null;
  /** The verb read last, for the date or name that follows it. */
  verb: Mention | null;
  /** Set by "not", used up by the next condition. */
  negated: boolean;
  /** What a following "and" goes on with. */
  last: 'head' | 'group' | 'condition' | 'with' | null;
}

/**
 * Reads a question into a {@link Request}. Every word must find a place.
 *
 * @throws NotUnderstood naming the words that found none
 */
export function parseRequest(question: string, lexicon: Lexicon, today: string): Request {
  const draft: Draft = {
    tokens: tokenise(question), lexicon, today, position: 0,
    heads: [], asked: null, conditions: [], groups: [], order: null, limit: null, verb: null, negated: false, last: null,
  };
  let lead = readLead(draft);
  readHeads(draft, lead);
  while (!atEnd(draft)) {
    // "For each department, how many courses": the question proper comes after what opens it.
    if (draft.heads.length === 0 && (draft.groups.length > 0 || draft.conditions.length > 0)) {
      takePhrase(draft, ['and']);
      if (peek(draft)?.kind === 'comma') draft.position += 1;
      const later = readLead(draft);
      lead = later === 'show' ? lead : later;
      readHeads(draft, lead);
      if (draft.heads.length > 0) continue;
    }
    if (!atEnd(draft)) readNext(draft);
  }
  if (draft.heads.length === 0 && lead !== 'who') throw new NotUnderstood('I cannot tell what the question asks for.');
  if (draft.verb !== null) {
    draft.conditions.push({ kind: 'verb', verb: draft.verb, negated: draft.negated });
    draft.negated = false;
  }
  if (draft.negated) throw new NotUnderstood('I cannot tell what the question excludes.');
  return {
    lead,
    heads: draft.heads,
    asked: draft.asked ?? draft.heads.length,
    conditions: draft.conditions,
    groups: draft.groups,
    order: draft.order,
    limit: draft.limit,
    distinct: draft.heads.some((head) => head.distinct),
  };
}

function readLead(draft: Draft): Request['lead'] {
  let lead: Request['lead'] = 'show';
  for (;;) {
    if (takePhrase(draft, ['how many', 'what is the number of', 'count the number of', 'count how many', 'count of']) !== null) return 'count';
    if (wordAt(draft) === 'count' && mentionHere(draft, ['column']) === null) {
      draft.position += 1;
      return 'count';
    }
    if (takePhrase(draft, ['how much']) !== null) return 'how-much';
    if (takePhrase(draft, ['a list of', 'the list of', 'in which', 'at which', 'for which', 'from which', 'to which', 'on which', 'by which', 'in what', 'for what']) !== null) continue;
    const word = wordAt(draft);
    if (word === 'who') lead = 'who';
    if (word === 'which' || word === 'list') lead = 'rows';
    if (rowNouns.has(word) && /^(of|about|on|for|from|regarding)$/.test(wordAt(draft, 1))) draft.position += 2;
    else if (word !== '' && leadWords.has(word) && mentionHere(draft) === null) draft.position += 1;
    else return lead;
  }
}

function readHeads(draft: Draft, lead: Request['lead']): void {
  // "Who was hired before 2019" has no noun to ask for.
  if (lead === 'who' && verbHere(draft) !== null) return;
  const head = readNounPhrase(draft);
  if (head === null) return;
  draft.heads.push(head);
  draft.last = 'head';
}

function readNext(draft: Draft): void {
  if (peek(draft)?.kind === 'comma' || wordAt(draft) === 'and' || wordAt(draft) === 'then') {
    draft.position += 1;
    readCoordinated(draft);
    return;
  }
  if (takePhrase(draft, ['in the database', 'in this database', 'in our database', 'in the system', 'in the data', 'in the table', 'in total', 'on record', 'overall', 'altogether', 'at all']) !== null) return;
  if (readFollowUp(draft) || readOrdering(draft) || readGrouping(draft) || readCondition(draft)) return;
  const token = peek(draft);
  if (token === undefined) return;
  if (token.kind === 'word' && (skippableWords.has(token.lower) || neutralVerbs.has(token.lower) || rowNouns.has(token.lower))) {
    draft.position += 1;
    return;
  }
  throw stuck(draft);
}

/** "Return the name and the total.", "Order the results by name.": what a second sentence adds. */
function readFollowUp(draft: Draft): boolean {
  const from = draft.position;
  if (draft.heads.length === 0) return false;
  takePhrase(draft, ['please']);
  if (takePhrase(draft, ['order', 'sort']) !== null) {
    takePhrase(draft, ['the results', 'the result', 'results', 'them', 'it', 'the list', 'the output', 'the rows']);
    if (/^(by|in|from)$/.test(wordAt(draft)) && readOrdering(draft, true)) return true;
    draft.position = from;
    return false;
  }
  if (takePhrase(draft, ['return', 'show', 'give', 'list', 'include', 'provide', 'display', 'showing', 'including', 'along with', 'together with', 'as well as']) !== null) {
    takePhrase(draft, ['me', 'us']);
    const phrase = readNounPhrase(draft);
    if (phrase !== null) {
      draft.asked ??= draft.heads.length;
      draft.heads.push(phrase);
      draft.last = 'head';
      return true;
    }
    draft.position = from;
  }
  return false;
}

function readCoordinated(draft: Draft): void {
  if (atEnd(draft) || wordAt(draft) === 'and' || peek(draft)?.kind === 'comma') return;
  const from = draft.position;
  if (draft.last === 'head' || draft.last === 'group') {
    if (readOrdering(draft) || readGrouping(draft)) return;
    if (!functionWords.has(wordAt(draft)) || /^(the|their|its|a|an|all|his|her)$/.test(wordAt(draft))) {
      const phrase = readNounPhrase(draft);
      if (phrase === null && draft.last === 'group' && readTimeUnit(draft)) return;
      if (phrase !== null && (draft.last === 'head' || phrase.aggregate !== null)) draft.heads.push(phrase);
      else if (phrase !== null) draft.groups.push({ kind: 'phrase', phrase, each: lastGroupIsEach(draft) });
      if (phrase !== null) return;
    }
    draft.position = from;
  }
}

function lastGroupIsEach(draft: Draft): boolean {
  const last = draft.groups.at(-1);
  return last?.kind === 'phrase' && last.each;
}

/** Why reading stops here: the words from here on that nothing knows or, when all are known, the first one. */
function stuck(draft: Draft): NotUnderstood {
  const rest = draft.tokens.slice(draft.position);
  const strange = rest.filter((token, index) => token.kind === 'word' && !isKnown(draft, token, draft.position + index));
  if (strange.length > 0) return unknownWords([...new Set(strange.map(({ text }) => text))].slice(0, 4));
  return new NotUnderstood(`I cannot tell what "${rest[0]?.text ?? ''}" is to do in the question.`);
}

function isKnown(draft: Draft, token: Token, position: number): boolean {
  const { lower } = token;
  if (functionWords.has(lower) || neutralVerbs.has(lower) || grammarWords.has(lower) || rowNouns.has(lower)) return true;
  // The second word of a known phrase is known.
  for (let start = Math.max(0, position - 5); start <= position; start += 1) if (draft.lexicon.at(draft.tokens, start).some(({ length }) => start + length > position)) return true;
  return draft.lexicon.verb(token).length > 0;
}

function readOrdering(draft: Draft, introduced = false): boolean {
  const from = draft.position;
  const intro = introduced ? 'sorted' : takePhrase(draft, ['sorted by', 'sort by', 'ordered by', 'order by', 'ranked by', 'arranged by', 'sorted', 'ordered', 'ranked', 'in order of', 'in', 'from']);
  if (intro === null) return false;
  // "customers ordered a tent" sorts nothing.
  if (/^(sorted|ordered|ranked)$/.test(intro) && !introduced && !/^(by|in|on|from|alphabetically|chronologically|ascending|descending|asc|desc|highest|lowest|largest|smallest|newest|oldest|most|least|latest|earliest)$/.test(wordAt(draft))) {
    draft.position = from;
    return false;
  }
  const bare = intro === 'in' || intro === 'from';
  const direction = takeDirection(draft);
  if (bare) {
    if (direction !== null && takePhrase(draft, ['order of', 'order by', 'order']) !== null) {
      const phrase = readNounPhrase(draft);
      draft.order = { phrase, direction };
      return true;
    }
    if (direction !== null && intro === 'from') {
      draft.order = { phrase: draft.order?.phrase ?? null, direction };
      return true;
    }
    draft.position = from;
    return false;
  }
  takePhrase(draft, ['by', 'in', 'on', 'from']);
  const early = direction ?? takeDirection(draft);
  takePhrase(draft, ['order of', 'order by', 'order']);
  takePhrase(draft, ['by']);
  const phrase = readNounPhrase(draft);
  takePhrase(draft, ['in', 'from', 'with', 'the']);
  const late = takeDirection(draft);
  takePhrase(draft, ['order', 'first']);
  if (phrase === null && early === null && late === null) {
    draft.position = from;
    return false;
  }
  draft.order = { phrase, direction: early ?? late };
  return true;
}

function takeDirection(draft: Draft): 'asc' | 'desc' | null {
  const down = takePhrase(draft, ['highest to lowest', 'largest to smallest', 'most to least', 'newest to oldest', 'latest to earliest', 'descending', 'decreasing', 'desc', 'highest first', 'largest first', 'newest first', 'latest first', 'most recent first']);
  if (down !== null) return 'desc';
  return takePhrase(draft, ['lowest to highest', 'smallest to largest', 'least to most', 'oldest to newest', 'earliest to latest', 'ascending', 'increasing', 'asc', 'alphabetical', 'alphabetically', 'chronological', 'chronologically', 'lowest first', 'smallest first', 'oldest first', 'earliest first']) === null ? null : 'asc';
}
