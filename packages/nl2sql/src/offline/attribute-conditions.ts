import { readAverageComparison, readThanAverage } from './average-comparison.js';
import { readNumberComparison } from './comparison.js';
import { mentionHere, peek, takePhrase, textOf } from './cursor.js';
import { push, takeNegated } from './draft.js';
import type { Draft } from './draft.js';
import { readNounPhrase } from './noun-phrase.js';
import type { Mention, NounPhrase } from './request.js';
import { isPlural } from './singular.js';
import { readTextMatch } from './text-match.js';
import { timeExpression } from './time-expression.js';

/** "more than two courses", "at least 3 orders": a comparison and what is counted. */
export function readCounted(draft: Draft): boolean {
  const from = draft.position;
  if (readMoreThanAverage(draft)) return true;
  const compared = readNumberComparison(draft, true);
  if (compared !== null && compared.to === null && compared.unit === null) {
    takePhrase(draft, ['or more', 'different', 'of']);
    const phrase = readNounPhrase(draft);
    if (phrase?.head?.links.some((link) => link.kind === 'relation' || link.kind === 'role') === true || (phrase !== null && isPlural(phrase.text) && phrase.head?.links.some((link) => link.kind === 'value') === true)) {
      return push(draft, { kind: 'count', phrase, comparison: compared.comparison, value: compared.value });
    }
    if (phrase?.head?.links.some((link) => link.kind === 'column') === true && phrase.head !== null && phrase.of === null && phrase.before.length === 0) {
      return push(draft, { kind: 'compare', attribute: phrase.head, aggregate: phrase.aggregate, hints: null, comparison: compared.comparison, value: compared.value, to: compared.to });
    }
  }
  draft.position = from;
  return false;
}

/** "salary above 50000", "average grade of at least 3", "whose status is active". */
export function readAttributeComparison(draft: Draft): boolean {
  const from = draft.position;
  const phrase = readNounPhrase(draft);
  const attribute = phrase?.head ?? null;
  if (phrase !== null && attribute !== null && phrase.name === null && phrase.of === null && attribute.links.some((link) => link.kind === 'column' || link.kind === 'metric' || link.kind === 'label' || link.kind === 'relation')) {
    if (timeComparison(draft, attribute) || (phrase.before.length === 0 && phrase.aggregate === null && readMatch(draft, attribute))) return true;
    const average = phrase.before.length === 0 && phrase.aggregate === null ? readAverageComparison(draft) : null;
    if (average !== null) return push(draft, { kind: 'average', attribute, hints: null, comparison: average.comparison });
    const compared = readNumberComparison(draft, true);
    if (compared !== null && phrase.before.length === 0) {
      return push(draft, { kind: 'compare', attribute, aggregate: phrase.aggregate, hints: null, ...compared });
    }
    if (phrase.aggregate === null && phrase.before.length === 0 && readEquality(draft, attribute)) return true;
  }
  draft.position = from;
  return false;
}

/** "(with) an above-average salary": the comparison stands before what is compared. */
export function readBeforeAttribute(draft: Draft): boolean {
  const from = draft.position;
  takePhrase(draft, ['an', 'a', 'the']);
  const average = readAverageComparison(draft);
  if (average?.attribute === null || average === null) {
    draft.position = from;
    return false;
  }
  return push(draft, { kind: 'average', attribute: average.attribute, hints: null, comparison: average.comparison });
}

/** "more pages than average". */
function readMoreThanAverage(draft: Draft): boolean {
  const from = draft.position;
  const word = takePhrase(draft, ['more', 'fewer', 'less', 'higher', 'larger', 'greater', 'lower', 'smaller', 'a higher', 'a lower', 'a larger', 'a smaller']);
  const attribute = word === null ? null : mentionHere(draft);
  if (word !== null && attribute !== null) {
    draft.position += attribute.length;
    if (readThanAverage(draft)) return push(draft, { kind: 'average', attribute: { text: attribute.text, links: attribute.links }, hints: null, comparison: /fewer|less|lower|smaller/.test(word) ? '<' : '>' });
  }
  draft.position = from;
  return false;
}

/** "title starts with Intro". */
function readMatch(draft: Draft, attribute: Mention): boolean {
  const from = draft.position;
  takePhrase(draft, ['that', 'which']);
  const negated = takePhrase(draft, ['does not', 'do not', "doesn't", "don't", 'not']) !== null;
  const match = readTextMatch(draft, true);
  if (match === null) {
    draft.position = from;
    return false;
  }
  return push(draft, { kind: 'match', attribute, match, negated: negated !== takeNegated(draft) });
}

/** "students major in Computer Science": a column that stands where a verb would. */
export function readBareAttribute(draft: Draft): boolean {
  const column = mentionHere(draft, ['column']);
  if (column === null || draft.heads.length === 0 || mentionHere(draft, ['value', 'filter'])?.length === column.length) return false;
  return readAttributeComparison(draft);
}

function timeComparison(draft: Draft, attribute: Mention): boolean {
  const from = draft.position;
  takePhrase(draft, ['is', 'are', 'was', 'were', 'falls', 'fell']);
  const match = timeExpression(draft.tokens, draft.position, draft.today);
  const dated = attribute.links.filter((link) => link.kind === 'column' && (link.column.kind === 'date' || link.column.kind === 'timestamp' || (match?.range.wholeYears === true && link.column.kind === 'number' && link.column.words.includes('year'))));
  if (match === null || dated.length === 0) {
    draft.position = from;
    return false;
  }
  draft.position += match.length;
  return push(draft, { kind: 'time', range: match.range, verb: { text: attribute.text, links: dated }, negated: takeNegated(draft) });
}

/** "status is active", "position Professor", "title 'Compilers'": the value must be one the schema knows, or be quoted or capitalised. */
function readEquality(draft: Draft, attribute: Mention): boolean {
  const from = draft.position;
  const linking = takePhrase(draft, ['is not', 'are not', "isn't", 'is', 'are', 'was', 'were', 'equals', 'equal to', '=', 'of', 'as', 'in']);
  const negated = linking !== null && /not|n't/.test(linking);
  takePhrase(draft, ['equal to', 'a', 'an', 'the']);
  const columns = attribute.links.flatMap((link) => (link.kind === 'column' ? [link.column] : link.kind === 'label' ? link.node.label.slice(0, 1) : []));
  const token = peek(draft);
  const value = mentionHere(draft, ['value']);
  const own = value?.links.filter((link) => link.kind === 'value' && columns.includes(link.column)) ?? [];
  const short = token === undefined ? [] : draft.lexicon.value(token.text).filter((link) => link.kind === 'value' && columns.includes(link.column));
  const links = own.length > 0 ? own : short;
  if (links.length > 0 && token !== undefined) {
    const length = own.length > 0 ? (value?.length ?? 1) : 1;
    const head: Mention = { text: textOf(draft, draft.position, length), links };
    draft.position += length;
    return push(draft, { kind: 'phrase', phrase: bare(head), negated: negated !== takeNegated(draft), role: 'in', via: null, or: false });
  }
  if (token?.kind === 'quoted' && columns.some((column) => column.kind === 'text')) {
    draft.position += 1;
    return push(draft, { kind: 'compare', attribute, aggregate: null, hints: null, comparison: negated !== takeNegated(draft) ? '<>' : '=', value: token.text, to: null });
  }
  draft.position = from;
  return false;
}

/** A phrase of a single mention. */
export function bare(head: Mention): NounPhrase {
  return { text: head.text, aggregate: null, distinct: false, superlative: null, before: [], head, name: null, key: null, of: null };
}
