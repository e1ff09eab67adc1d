import { mentionHere, peek, takePhrase, wordAt } from './cursor.js';
import type { TimeUnit } from './request.js';
import { readNounPhrase } from './noun-phrase.js';
import type { Draft } from './draft.js';
import { isPlural } from './singular.js';
import { neutralVerbs } from './word-classes.js';

const intros = [
  'broken down by', 'grouped by', 'group by', 'split by', 'for each', 'for every', 'in each', 'in every', 'of each', 'of every', 'from each', 'at each', 'within each', 'on each', 'by each', 'to each', 'per each', 'through each', 'via each', 'under each', 'with each', 'across', 'per', 'each', 'every', 'by',
];
const units = new Map<string, TimeUnit>([
  ['weekday', 'weekday'], ['weekdays', 'weekday'],
  ['year', 'year'], ['month', 'month'], ['quarter', 'quarter'], ['week', 'week'], ['day', 'day'],
  ['yearly', 'year'], ['annually', 'year'], ['monthly', 'month'], ['quarterly', 'quarter'], ['weekly', 'week'], ['daily', 'day'],
]);

/** Reads "per department", "by month", "for each building", "monthly". */
export function readGrouping(draft: Draft): boolean {
  const from = draft.position;
  const adverb = wordAt(draft).endsWith('ly') && mentionHere(draft) === null ? units.get(wordAt(draft)) : undefined;
  if (adverb !== undefined) {
    draft.position += 1;
    draft.groups.push({ kind: 'time', unit: adverb, verb: takeVerb(draft) });
    draft.last = 'group';
    return true;
  }
  const afterVerb = isParticiple(draft.tokens[draft.position - 1]?.lower ?? '');
  const intro = takePhrase(draft, intros);
  if (intro === null) return false;
  // "offered by the Physics department", "across all projects" restrict; they do not group.
  if ((intro === 'by' && afterVerb && !isBareSingular(draft) && !units.has(wordAt(draft))) || (intro === 'across' && wordAt(draft) === 'all')) {
    draft.position = from;
    return false;
  }
  if (intro === 'by' && isRanking(draft)) {
    const phrase = readNounPhrase(draft);
    if (phrase !== null) {
      draft.order = { phrase, direction: null, hints: null };
      return true;
    }
    draft.position = from;
    return false;
  }
  takePhrase(draft, ['calendar']);
  if (readTimeUnit(draft)) return true;
  const phrase = readNounPhrase(draft);
  if (phrase === null || (intro === 'by' && (phrase.name !== null || phrase.before.length > 0 || phrase.head?.links.every((link) => link.kind === 'value') === true))) {
    draft.position = from;
    return false;
  }
  draft.groups.push({ kind: 'phrase', phrase, each: !/by$/.test(intro) });
  draft.last = 'group';
  return true;
}

/** A bare "year" or "month" that no column is called. */
export function readTimeUnit(draft: Draft): boolean {
  if (takePhrase(draft, ['day of the week', 'day of week', 'week day']) !== null) {
    draft.groups.push({ kind: 'time', unit: 'weekday', verb: takeVerb(draft) });
    draft.last = 'group';
    return true;
  }
  const unit = units.get(wordAt(draft));
  if (unit === undefined || (mentionHere(draft)?.length ?? 0) > 1 || hasColumnNamed(draft)) return false;
  draft.position += 1;
  draft.groups.push({ kind: 'time', unit, verb: takeVerb(draft) });
  draft.last = 'group';
  return true;
}

function isParticiple(word: string): boolean {
  return neutralVerbs.has(word) || (/(ed|ught|en|paid|sold|sent|lent|spent|made|built|won|led|kept|run|held)$/.test(word) && !/^(sorted|grouped|ordered|ranked|split|broken)$/.test(word));
}

function hasColumnNamed(draft: Draft): boolean {
  return mentionHere(draft, ['column', 'relation']) !== null;
}

/** "enrolled by department" groups; "offered by the department" and "taken by students" do not. */
function isBareSingular(draft: Draft): boolean {
  const mention = mentionHere(draft, ['relation', 'column', 'role']);
  return mention !== null && mentionHere(draft, ['value'])?.length !== mention.length && !isPlural(mention.text) && mentionHere({ ...draft, position: draft.position + mention.length }) === null && peek(draft, mention.length)?.capital !== true && peek(draft, mention.length)?.kind !== 'quoted' && peek(draft, mention.length)?.kind !== 'number';
}

/** "top 5 students by grade": the "by" of a ranking names what ranks, not a grouping. */
function isRanking(draft: Draft): boolean {
  return draft.heads.some(({ superlative }) => superlative !== null && (superlative.open || (superlative.hints !== null && mentionHere(draft, ['column'])?.links.some((link) => link.kind === 'column' && link.column.kind === 'number') === true))) && draft.order === null;
}

function takeVerb(draft: Draft): Draft['verb'] {
  const verb = draft.verb;
  draft.verb = null;
  if (peek(draft) === undefined) return verb;
  return verb;
}
