import { bare, readAttributeComparison, readBareAttribute, readBeforeAttribute, readCounted } from './attribute-conditions.js';
import { readBoth } from './both.js';
import { readAverageComparison } from './average-comparison.js';
import { readNumberComparison } from './comparison.js';
import { mentionHere, peek, takePhrase, textOf, wordAt } from './cursor.js';
import { comparativeHints, readComparative } from './comparative.js';
import { directionOf } from './direction.js';
import { NotUnderstood } from './not-understood.js';
import { readNounPhrase } from './noun-phrase.js';
import { readTextMatch } from './text-match.js';
import { push, takeNegated, takeVerb } from './draft.js';
import type { Draft } from './draft.js';
import type { Mention, NounPhrase } from './request.js';
import { timeExpression } from './time-expression.js';
import { verbHere } from './verb-forms.js';
import { functionWords, neutralVerbs } from './word-classes.js';

const having = ['that have', 'which have', 'who have', 'that has', 'which has', 'who has', 'that had', 'who had', 'having', 'with', 'have', 'has', 'had', 'where', 'whose'];
const places = ['across all', 'for all', 'of all', 'in all', 'in', 'at', 'from', 'of', 'for', 'on', 'to', 'within', 'under', 'inside', 'into', 'as', 'by', 'about', 'through', 'via', 'among', 'during'];

/** Reads one condition, or a verb that the next condition explains. */
export function readCondition(draft: Draft): boolean {
  return readBoth(draft) || readBareMatch(draft) || readNegation(draft) || readTime(draft) || readHaving(draft) || readComparisonPhrase(draft) || readVerb(draft) || readBareAttribute(draft) || readPlace(draft) || readPredicate(draft);
}

/** "customers starting with A", "products containing 'lamp'": said of the column asked for, or of what names the rows. */
function readBareMatch(draft: Draft): boolean {
  const match = readTextMatch(draft, false);
  if (match === null) return false;
  const head = draft.heads.at(-1)?.head ?? null;
  const attribute = head !== null && head.links.some((link) => link.kind === 'column' || link.kind === 'label') ? head : null;
  return push(draft, { kind: 'match', attribute, match, negated: takeNegated(draft) });
}

function readNegation(draft: Draft): boolean {
  if (takePhrase(draft, ['without any', 'without a', 'without an', 'without', 'with no', 'with zero', 'have no', 'has no', 'had no', 'having no', 'do not have any', 'does not have any', 'do not have a', 'does not have a', 'do not have an', 'do not have', 'does not have', "don't have any", "doesn't have any", "don't have a", "doesn't have a", "don't have", "doesn't have", 'did not have any', 'did not have', 'have not had any', 'lacking', 'lack', 'missing']) !== null) {
    const phrase = readNounPhrase(draft);
    if (phrase === null) return false;
    push(draft, { kind: 'phrase', phrase, negated: true, role: 'with', via: takeVerb(draft), or: false });
    return true;
  }
  if (takePhrase(draft, ['not', 'never', 'nobody', 'no one', 'no-one', "haven't been", "hasn't been", "have not been", "has not been", "couldn't", "can't", "isn't", "aren't", "wasn't", "weren't", "don't", "doesn't", "didn't", "haven't", "hasn't", 'excluding', 'except', 'other than', 'have yet to be', 'has yet to be', 'are yet to be', 'is yet to be', 'yet to be', 'have yet to', 'has yet to', 'are yet to', 'yet to']) !== null) {
    takePhrase(draft, ['yet been', 'ever been', 'been', 'yet', 'ever', 'for', 'any', 'in', 'at', 'has ever', 'has', 'have', 'is', 'are']);
    if (draft.negated) return false;
    draft.negated = true;
    return true;
  }
  return false;
}

function readTime(draft: Draft): boolean {
  // "leases starting in 2023" begin in it, where something is called their start.
  const starts = wordAt(draft) === 'starting' && draft.verb === null && wordAt(draft, 1) === 'in' && verbHere(draft) !== null;
  const match = starts ? null : timeExpression(draft.tokens, draft.position, draft.today);
  if (match === null) return false;
  const said = draft.conditions.find((condition) => condition.kind === 'phrase' && isPlainValue(condition.phrase) && /(ed|en)$/i.test(condition.phrase.text));
  // "completed in 2023", "dropped a course in 2024" tell of a day that a status does not keep.
  // "were active in 2022" asks for the past of a state that is kept for today only.
  const before = draft.conditions.at(-1);
  if (draft.verb === null && before?.kind === 'phrase' && before.role === 'is' && isPlainValue(before.phrase) && draft.tokens[draft.position - 1]?.text === before.phrase.text.split(' ').at(-1)) throw new NotUnderstood(`I know what is ${before.phrase.text} now, but not at another time.`);
  if (draft.verb === null && said?.kind === 'phrase') throw new NotUnderstood(`I know what is ${said.phrase.text}, but not since when.`);
  draft.position += match.length;
  return push(draft, { kind: 'time', range: match.range, verb: takeVerb(draft), negated: takeNegated(draft) });
}

function isPlainValue(phrase: NounPhrase): boolean {
  return phrase.before.length === 0 && phrase.head?.links.every((link) => link.kind === 'value') === true;
}

function readHaving(draft: Draft): boolean {
  const from = draft.position;
  const intro = takePhrase(draft, having);
  if (intro === null) return false;
  if (/ha(ve|s|d)$/.test(intro) && readVerb(draft)) return true;
  if (readBeforeAttribute(draft) || readCounted(draft) || readAttributeComparison(draft)) return true;
  const phrase = readNounPhrase(draft);
  if (phrase === null) {
    draft.position = from;
    return false;
  }
  draft.last = 'with';
  draft.conditions.push({ kind: 'phrase', phrase: readAs(draft, phrase), negated: takeNegated(draft), role: 'with', via: null, or: false });
  return true;
}

/** "Physics as their major": the column a value is to be found in. */
function readAs(draft: Draft, phrase: NounPhrase): NounPhrase {
  const from = draft.position;
  if (phrase.head === null || takePhrase(draft, ['as their', 'as its', 'as his', 'as her', 'as the', 'as a', 'as an', 'as']) === null) return phrase;
  const column = mentionHere(draft, ['column']);
  const columns = column?.links.flatMap((link) => (link.kind === 'column' ? [link.column] : [])) ?? [];
  const links = phrase.head.links.filter((link) => link.kind === 'value' && columns.includes(link.column));
  if (column === null || links.length === 0) {
    draft.position = from;
    return phrase;
  }
  draft.position += column.length;
  return { ...phrase, head: { ...phrase.head, links } };
}

/** A comparison that follows its attribute ("with a salary" was read before) or a comparative: "older than", "costing more than 50". */
function readComparisonPhrase(draft: Draft): boolean {
  const comparative = readComparative(draft);
  if (comparative !== null) {
    draft.verb = null;
    return push(draft, comparative);
  }
  if (readEventOrder(draft)) return true;
  const verb = draft.verb;
  const head = draft.heads.at(-1);
  const from = draft.position;
  if (readBeforeAttribute(draft)) return true;
  const average = readAverageComparison(draft);
  if (average !== null) {
    const compared = average.attribute ?? verb ?? (head?.head?.links.some((link) => link.kind === 'column') === true ? head.head : null);
    if (compared === null) throw new NotUnderstood('I cannot tell what is to be compared with its average.');
    draft.verb = null;
    return push(draft, { kind: 'average', attribute: compared, hints: comparativeHints(compared.text), comparison: average.comparison });
  }
  const compared = readNumberComparison(draft, false);
  if (compared === null) return false;
  if (mentionHere(draft) !== null) {
    draft.position = from;
    if (readCounted(draft)) return true;
    draft.position = from;
    return false;
  }
  const attribute = verb ?? (head?.head?.links.some((link) => link.kind === 'column') === true ? head.head : null);
  draft.verb = null;
  // "invoices over 500" are those of a larger amount.
  return push(draft, { kind: 'compare', attribute, aggregate: null, hints: attribute === null ? ['amount', 'total'] : comparativeHints(attribute.text), ...compared });
}

/** "hired most recently", "opened first": ranks by the date that the verb stands for. */
function readEventOrder(draft: Draft): boolean {
  const links = draft.verb?.links.filter((link) => link.kind === 'column' && (link.column.kind === 'date' || link.column.kind === 'timestamp')) ?? [];
  if (draft.verb === null || links.length === 0 || draft.negated) return false;
  const last = takePhrase(draft, ['most recently', 'the latest', 'latest', 'last']);
  const word = last ?? takePhrase(draft, ['first', 'the earliest', 'earliest', 'longest ago']);
  if (word === null) return false;
  const text = `${draft.verb.text} ${word}`;
  const superlative = { direction: last === null ? 'asc' : 'desc', count: 1, open: false, hints: null, word: text } as const;
  const head: Mention = { text: draft.verb.text, links };
  draft.verb = null;
  return push(draft, { kind: 'phrase', phrase: { ...bare(head), text, superlative }, negated: false, role: 'with', via: null, or: false });
}

function readVerb(draft: Draft): boolean {
  const found = verbHere(draft);
  if (found === null) return false;
  const text = textOf(draft, draft.position, found.length);
  draft.position += found.length;
  if (draft.verb !== null) push(draft, { kind: 'verb', verb: draft.verb, negated: takeNegated(draft) });
  draft.verb = { text, links: found.links };
  return true;
}

function readPlace(draft: Draft): boolean {
  const from = draft.position;
  const intro = takePhrase(draft, places);
  if (intro === null) return false;
  const phrase = readNounPhrase(draft);
  if (phrase === null) {
    draft.position = from;
    return false;
  }
  const toward = directionOf(intro, draft.verb?.text.toLowerCase() ?? draft.tokens[from - 1]?.lower ?? '');
  return push(draft, { kind: 'phrase', phrase, negated: takeNegated(draft), role: 'in', via: takeVerb(draft), or: false, ...(toward === null ? {} : { toward }), ...(/^(in|on|at|within|inside|into)$/.test(intro) ? { located: true as const } : {}) });
}

/** "are active", "who are professors", "in progress", or one more value after "or". */
function readPredicate(draft: Draft): boolean {
  const from = draft.position;
  const or = takePhrase(draft, ['or']) !== null;
  const place = takePhrase(draft, ['in', 'by', 'at', 'from', 'of', 'for']) !== null;
  takePhrase(draft, ['that are', 'that is', 'who are', 'who is', 'which are', 'which is', 'are', 'is', 'was', 'were', 'be', 'being']);
  takePhrase(draft, ['currently', 'either', 'still', 'now']);
  if (!or && draft.position > from && readVerb(draft)) return true;
  const known = mentionHere(draft, ['value', 'filter', 'relation', 'role', 'column']) !== null || /^(a|an|the|any)$/.test(wordAt(draft)) || peek(draft)?.kind === 'quoted';
  const phrase = known ? readNounPhrase(draft) : properAfterVerb(draft);
  if (phrase === null) {
    draft.position = from;
    return false;
  }
  return push(draft, { kind: 'phrase', phrase, negated: takeNegated(draft), role: place || or ? 'in' : 'is', via: takeVerb(draft), or });
}

/** "does Maria Lopez take": a name that stands where a verb's subject does. */
function properAfterVerb(draft: Draft): NounPhrase | null {
  const before = draft.tokens[draft.position - 1]?.lower ?? '';
  return peek(draft)?.capital === true && (functionWords.has(before) || neutralVerbs.has(before)) ? readNounPhrase(draft) : null;
}
