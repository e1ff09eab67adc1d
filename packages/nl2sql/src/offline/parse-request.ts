import { atEnd, mentionHere, peek, takePhrase, wordAt } from './cursor.js';
import { readAggregates } from './aggregate-words.js';
import { comparativeHints } from './comparative.js';
import { readEventDate } from './event-date.js';
import { comparedPeriods, readCompare, refuseUnplaced } from './compared-periods.js';
import { readCondition } from './conditions.js';
import { averageHead, readRatio } from './figure-heads.js';
import { readGrouping, readTimeUnit } from './groupings.js';
import { readNounPhrase } from './noun-phrase.js';
import { notYet, withoutYet } from './not-yet.js';
import { NotUnderstood, UnknownWords } from './not-understood.js';
import { withPeriodicAverage } from './periodic-average.js';
import type { Lexicon } from './lexicon.js';
import type { Draft } from './draft.js';
import type { Request } from './request.js';
import { checkCourse, readCourse, readLateCourse } from './time-course.js';
import { readOrdering } from './ordering.js';
import { verbHere } from './verb-forms.js';
import { withoutNow } from './current-rows.js';
import { dateOfEvent, datedGroup, figureOfTime, readTimeHead } from './time-heads.js';
import type { Token } from './tokenise.js';
import { functionWords, grammarWords, leadWords, neutralVerbs, rowNouns, skippableWords } from './word-classes.js';

/**
 * Reads a question into a {@link Request}. Every word must find a place.
 *
 * @throws NotUnderstood naming the words that found none
 */
export function parseRequest(asked: readonly Token[], lexicon: Lexicon, today: string): Request {
  const { tokens: whole, periods } = comparedPeriods(asked, today);
  const { tokens, now } = withoutNow(withPeriodicAverage(whole, lexicon), lexicon);
  const isFresh = (index: number): boolean => isNewRows(tokens, index, lexicon);
  const fresh = tokens.filter((_token, index) => !isFresh(index));
  const draft: Draft = {
    tokens: withoutYet(fresh), lexicon, today, position: 0, fresh: tokens.some((_token, index) => isFresh(index)),
    heads: [], asked: null, whole: null, conditions: [], groups: [], order: null, limit: null, verb: null, negated: false, last: null, course: null, onAverage: false, ofTotal: false,
  };
  const compares = periods.length > 0 || readCompare(draft);
  let lead = readLead(draft);
  const terse = draft.position === 0 && lead === 'show';
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
    if (draft.heads.length > 0 && finite.test(wordAt(draft))) draft.whole ??= draft.conditions.length;
    if (!atEnd(draft)) readNext(draft);
  }
  if (draft.fresh && !draft.conditions.some(({ kind }) => kind === 'time') && !draft.groups.some(({ kind }) => kind === 'time')) throw new UnknownWords(['new']);
  refuseUnplaced(draft, periods);
  datedGroup(draft);
  figureOfTime(draft, lead);
  checkCourse(draft);
  if (draft.onAverage) averageHead(draft, lead);
  if (draft.ofTotal) lead = 'share';
  if (lead === 'when' && (draft.heads[0]?.aggregate ?? null) === null) dateOfEvent(draft);
  if (draft.heads.length === 0 && lead !== 'who') throw new NotUnderstood('I cannot tell what the question asks for.');
  if (draft.verb !== null) {
    draft.conditions.push({ kind: 'verb', verb: draft.verb, negated: draft.negated });
    draft.negated = false;
  }
  if (draft.negated) throw new NotUnderstood('I cannot tell what the question excludes.');
  if (withoutYet(fresh).length < fresh.length || fresh.some(({ lower }) => lower === 'yet')) draft.conditions = draft.conditions.map(notYet);
  return {
    lead,
    heads: draft.heads,
    terse,
    now,
    periods,
    compares,
    asked: draft.asked ?? draft.heads.length,
    conditions: draft.conditions,
    groups: draft.groups,
    order: draft.order,
    limit: draft.limit,
    distinct: draft.heads.some((head) => head.distinct),
    course: draft.course,
    whole: draft.whole,
  };
}

/** "new accounts per quarter": those whose day falls into it; where the schema knows no "new" of its own. */
function isNewRows(tokens: readonly Token[], index: number, lexicon: Lexicon): boolean {
  return tokens[index]?.lower === 'new' && lexicon.at(tokens, index).length === 0 && lexicon.at(tokens, index + 1).some(({ links }) => links.some((link) => link.kind === 'relation'));
}

const possession = /^(has|have|had)$/;
const finite = /^(is|are|was|were|have|has|had|do|does|did|come|comes|came)$/;

function readLead(draft: Draft): Request['lead'] {
  let lead: Request['lead'] = 'show';
  for (;;) {
    if (takePhrase(draft, ['on average ,', 'on average']) !== null) {
      draft.onAverage = true;
      continue;
    }
    if (readCourse(draft)) continue;
    if (takePhrase(draft, ['how many', 'in how many', 'from how many', 'at how many', 'on how many', 'for how many', 'to how many', 'what is the number of', 'count the number of', 'count how many', 'count of']) !== null) return 'count';
    if (wordAt(draft) === 'count' && mentionHere(draft, ['column']) === null) {
      draft.position += 1;
      return 'count';
    }
    if (takePhrase(draft, ['how much']) !== null) return 'how-much';
    if (takePhrase(draft, ['breakdown of', 'distribution of']) !== null) {
      takePhrase(draft, ['the', 'all', 'our']);
      return mentionHere(draft)?.links.some((link) => link.kind === 'relation' || link.kind === 'value') === true && mentionHere(draft, ['metric']) === null ? 'count' : 'show';
    }
    if (mentionHere(draft) === null && takePhrase(draft, ['ratio of', 'ratio between']) !== null) return 'ratio';
    if (mentionHere(draft) === null && takePhrase(draft, ['difference between', 'gap between', 'spread between']) !== null) return 'difference';
    if (mentionHere(draft) === null && takePhrase(draft, ['percentage of', 'percent of', 'share of', 'proportion of', 'fraction of', 'portion of']) !== null) return 'share';
    if (takePhrase(draft, ['a list of', 'the list of']) !== null) continue;
    if (takePhrase(draft, ['in which', 'at which', 'for which', 'from which', 'to which', 'on which', 'by which', 'in what', 'for what', 'on what', 'from what']) !== null) {
      if (unitAhead(draft)) lead = 'rows';
      continue;
    }
    const word = wordAt(draft);
    if (word === 'who') lead = 'who';
    if (word === 'when') lead = 'when';
    if (lead === 'who' && possession.test(word)) return lead;
    if (word === 'which' || word === 'list') lead = 'rows';
    if (rowNouns.has(word) && /^(of|about|on|for|from|regarding)$/.test(wordAt(draft, 1))) draft.position += 2;
    else if (word !== '' && leadWords.has(word) && mentionHere(draft) === null) draft.position += 1;
    else return lead;
  }
}

/** "on which weekday", "in what month": the time itself is asked for. */
function unitAhead(draft: Draft): boolean {
  return /^(weekday|day|week|month|quarter|year)$/.test(wordAt(draft)) && mentionHere(draft) === null;
}

function readHeads(draft: Draft, lead: Request['lead']): void {
  // "Who was hired before 2019", "who has the highest salary" have no noun to ask for.
  if (lead === 'who' && (verbHere(draft) !== null || comparativeHints(wordAt(draft)) !== null)) return;
  if (lead === 'who' && possession.test(wordAt(draft))) return;
  if (readTimeHead(draft, lead)) return;
  // "Show each book with its author"
  if (/^(each|every)$/.test(wordAt(draft)) && /^(show|list|display|give|me|return)$/.test(draft.tokens[draft.position - 1]?.lower ?? '') && mentionHere({ ...draft, position: draft.position + 1 }, ['relation']) !== null) draft.position += 1;
  const event = readEventDate(draft, lead === 'when');
  if (event !== null) {
    draft.heads.push(event);
    draft.last = 'head';
    return;
  }
  if (lead === 'ratio') {
    readRatio(draft);
    return;
  }
  const figures = readAggregates(draft);
  const head = readNounPhrase(draft);
  if (head === null) return;
  if (figures !== null && head.aggregate === null && head.superlative === null) draft.heads.push(...figures.map((aggregate) => ({ ...head, aggregate, text: `${aggregate} ${head.text}` })));
  else draft.heads.push(head);
  draft.last = 'head';
}

function readNext(draft: Draft): void {
  if (peek(draft)?.kind === 'comma' || wordAt(draft) === 'and' || wordAt(draft) === 'then') {
    draft.position += 1;
    readCoordinated(draft);
    return;
  }
  if (takePhrase(draft, ['as a percentage of the total', 'as a percentage of total', 'as percentage of total', 'as a percent of total', 'as a percent of the total', 'as a share of the total', 'as a share of total', 'in percent of the total', 'in percent']) !== null) {
    draft.ofTotal = true;
    return;
  }
  if (takePhrase(draft, ['on average']) !== null) {
    draft.onAverage = true;
    return;
  }
  if (readLateCourse(draft)) return;
  if (takePhrase(draft, ['in the database', 'in this database', 'in our database', 'in the system', 'in the data', 'in the table', 'in total', 'on record', 'overall', 'altogether', 'at all']) !== null) return;
  if (readFollowUp(draft) || readOrdering(draft) || readGrouping(draft) || readCondition(draft)) return;
  if (takePhrase(draft, ['but']) !== null) return;
  const head = draft.heads.at(-1);
  // "Which payment method is used most often": the value that most rows hold.
  if (head !== undefined && draft.heads.length === 1 && head.superlative === null && head.aggregate === null && head.head?.links.some((link) => link.kind === 'column') === true) {
    if (takePhrase(draft, ['used most often', 'used most frequently', 'used the most', 'most commonly used', 'occurs most often', 'appears most often', 'most often', 'most frequently', 'most commonly']) !== null) {
      draft.heads[0] = { ...head, superlative: { direction: 'desc', count: 1, open: false, hints: null, word: 'most often', frequency: true } };
      return;
    }
  }
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
  if (strange.length > 0) return new UnknownWords([...new Set(strange.map(({ text }) => text))].slice(0, 4));
  return new NotUnderstood(`I cannot tell what "${rest[0]?.text ?? ''}" is to do in the question.`);
}

function isKnown(draft: Draft, token: Token, position: number): boolean {
  const { lower } = token;
  if (functionWords.has(lower) || neutralVerbs.has(lower) || grammarWords.has(lower) || rowNouns.has(lower)) return true;
  // The second word of a known phrase is known.
  for (let start = Math.max(0, position - 5); start <= position; start += 1) if (draft.lexicon.at(draft.tokens, start).some(({ length }) => start + length > position)) return true;
  return draft.lexicon.verb(token).length > 0;
}
