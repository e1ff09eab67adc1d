import { readNumberComparison } from './comparison.js';
import { mentionHere, peek, takePhrase, textOf, wordAt } from './cursor.js';
import { comparativeHints, readComparative } from './comparative.js';
import { NotUnderstood } from './not-understood.js';
import { readNounPhrase } from './noun-phrase.js';
import type { Draft } from './parse-request.js';
import type { Condition, Mention, NounPhrase } from './request.js';
import { isPlural } from './singular.js';
import { timeExpression } from './time-expression.js';
import { verbHere } from './verb-forms.js';
import { functionWords, neutralVerbs } from './word-classes.js';

const having = ['that have', 'which have', 'who have', 'that has', 'which has', 'who has', 'that had', 'who had', 'having', 'with', 'have', 'has', 'had', 'where', 'whose'];
const places = ['across all', 'for all', 'of all', 'in all', 'in', 'at', 'from', 'of', 'for', 'on', 'to', 'within', 'under', 'inside', 'into', 'as', 'by', 'about', 'through', 'via', 'among', 'during'];

/** Reads one condition, or a verb that the next condition explains. */
export function readCondition(draft: Draft): boolean {
  return readNegation(draft) || readTime(draft) || readHaving(draft) || readComparisonPhrase(draft) || readVerb(draft) || readBareAttribute(draft) || readPlace(draft) || readPredicate(draft);
}

function push(draft: Draft, condition: Condition): true {
  draft.conditions.push(condition);
  draft.last = 'condition';
  return true;
}

function takeNegated(draft: Draft): boolean {
  const negated = draft.negated;
  draft.negated = false;
  return negated;
}

function takeVerb(draft: Draft): Mention | null {
  const verb = draft.verb;
  draft.verb = null;
  return verb;
}

function readNegation(draft: Draft): boolean {
  if (takePhrase(draft, ['without any', 'without a', 'without an', 'without', 'with no', 'with zero', 'have no', 'has no', 'had no', 'having no', 'do not have any', 'does not have any', 'do not have a', 'does not have a', 'do not have an', 'do not have', 'does not have', "don't have any", "doesn't have any", "don't have a", "doesn't have a", "don't have", "doesn't have", 'did not have any', 'did not have', 'have not had any', 'lacking', 'lack', 'missing']) !== null) {
    const phrase = readNounPhrase(draft);
    if (phrase === null) return false;
    push(draft, { kind: 'phrase', phrase, negated: true, role: 'with', via: takeVerb(draft), or: false });
    return true;
  }
  if (takePhrase(draft, ['not', 'never', "isn't", "aren't", "wasn't", "weren't", "don't", "doesn't", "didn't", "haven't", "hasn't", 'excluding', 'except', 'other than']) !== null) {
    takePhrase(draft, ['yet', 'ever', 'for', 'been', 'any', 'in', 'at']);
    if (draft.negated) return false;
    draft.negated = true;
    return true;
  }
  return false;
}

function readTime(draft: Draft): boolean {
  const match = timeExpression(draft.tokens, draft.position, draft.today);
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
  if (readCounted(draft) || readAttributeComparison(draft)) return true;
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

/** "more than two courses", "at least 3 orders": a comparison and what is counted. */
function readCounted(draft: Draft): boolean {
  const from = draft.position;
  const compared = readNumberComparison(draft, true);
  if (compared !== null && compared.to === null) {
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
function readAttributeComparison(draft: Draft): boolean {
  const from = draft.position;
  const phrase = readNounPhrase(draft);
  const attribute = phrase?.head ?? null;
  if (phrase !== null && attribute !== null && phrase.name === null && phrase.of === null && attribute.links.some((link) => link.kind === 'column' || link.kind === 'metric' || link.kind === 'label' || link.kind === 'relation')) {
    const time = timeComparison(draft, attribute);
    if (time) return true;
    const compared = readNumberComparison(draft, true);
    if (compared !== null && phrase.before.length === 0) {
      return push(draft, { kind: 'compare', attribute, aggregate: phrase.aggregate, hints: null, ...compared });
    }
    if (phrase.aggregate === null && phrase.before.length === 0 && readEquality(draft, attribute)) return true;
  }
  draft.position = from;
  return false;
}

/** "students major in Computer Science": a column that stands where a verb would. */
function readBareAttribute(draft: Draft): boolean {
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

function bare(head: Mention): NounPhrase {
  return { text: head.text, aggregate: null, distinct: false, superlative: null, before: [], head, name: null, key: null, of: null };
}

/** A comparison that follows its attribute ("with a salary" was read before) or a comparative: "older than", "costing more than 50". */
function readComparisonPhrase(draft: Draft): boolean {
  const comparative = readComparative(draft);
  if (comparative !== null) {
    draft.verb = null;
    return push(draft, comparative);
  }
  const verb = draft.verb;
  const head = draft.heads.at(-1);
  const from = draft.position;
  const compared = readNumberComparison(draft, false);
  if (compared === null) return false;
  if (mentionHere(draft) !== null) {
    draft.position = from;
    if (readCounted(draft)) return true;
    draft.position = from;
    return false;
  }
  const attribute = verb ?? (head?.head?.links.some((link) => link.kind === 'column') === true ? head.head : null);
  if (attribute === null) {
    draft.position = from;
    return false;
  }
  draft.verb = null;
  return push(draft, { kind: 'compare', attribute, aggregate: null, hints: comparativeHints(attribute.text), ...compared });
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
  return push(draft, { kind: 'phrase', phrase, negated: takeNegated(draft), role: 'in', via: takeVerb(draft), or: false });
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
