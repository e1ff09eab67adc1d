import { atEnd, mentionHere, peek, takePhrase, wordAt } from './cursor.js';
import type { Cursor } from './cursor.js';
import { readCondition } from './conditions.js';
import { readGrouping } from './groupings.js';
import { readNounPhrase } from './noun-phrase.js';
import { unknownWords, NotUnderstood } from './not-understood.js';
import type { Lexicon } from './lexicon.js';
import type { Condition, Grouping, Mention, NounPhrase, Ordering, Request } from './request.js';
import { verbHere } from './verb-forms.js';
import { tokenise } from './tokenise.js';
import { functionWords, leadWords, neutralVerbs, rowNouns, skippableWords } from './word-classes.js';

/** What the readers share while they go through a question: where they are and what they have found. */
export interface Draft extends Cursor {
  readonly heads: NounPhrase[];
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
    heads: [], conditions: [], groups: [], order: null, limit: null, verb: null, negated: false, last: null,
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
  if (draft.negated) throw new NotUnderstood('I cannot tell what the question excludes.');
  if (draft.verb !== null) draft.conditions.push({ kind: 'verb', verb: draft.verb });
  return {
    lead,
    heads: draft.heads,
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
  if (readOrdering(draft) || readGrouping(draft) || readCondition(draft)) return;
  const token = peek(draft);
  if (token === undefined) return;
  if (token.kind === 'word' && (skippableWords.has(token.lower) || neutralVerbs.has(token.lower) || rowNouns.has(token.lower))) {
    draft.position += 1;
    return;
  }
  throw unknownWords(unread(draft));
}

function readCoordinated(draft: Draft): void {
  if (atEnd(draft) || wordAt(draft) === 'and' || peek(draft)?.kind === 'comma') return;
  const from = draft.position;
  if (draft.last === 'head' || draft.last === 'group') {
    if (readOrdering(draft) || readGrouping(draft)) return;
    if (!functionWords.has(wordAt(draft)) || /^(the|their|its|a|an|all|his|her)$/.test(wordAt(draft))) {
      const phrase = readNounPhrase(draft);
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

/** The content words from here on that no reader knows; the first alone when all are known one by one. */
function unread(draft: Draft): readonly string[] {
  const rest = draft.tokens.slice(draft.position);
  const strange = rest.filter((token, index) => token.kind === 'word' && !functionWords.has(token.lower) && !neutralVerbs.has(token.lower) && draft.lexicon.at(draft.tokens, draft.position + index).length === 0 && draft.lexicon.verb(token).length === 0);
  const shown = strange.length > 0 && strange[0] === rest[0] ? strange : rest.slice(0, 1);
  return shown.slice(0, 4).map((token) => token.text);
}

function readOrdering(draft: Draft): boolean {
  const from = draft.position;
  const intro = takePhrase(draft, ['sorted by', 'sort by', 'ordered by', 'order by', 'ranked by', 'arranged by', 'sorted', 'ordered', 'ranked', 'in order of', 'in', 'from']);
  if (intro === null) return false;
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
