import { mentionHere, peek, takePhrase, wordAt } from './cursor.js';
import type { Unit } from './calendar.js';
import { readNounPhrase } from './noun-phrase.js';
import type { Draft } from './parse-request.js';

const intros = [
  'broken down by', 'grouped by', 'group by', 'split by', 'for each', 'for every', 'in each', 'in every', 'of each', 'of every', 'from each', 'at each', 'within each', 'on each', 'by each', 'to each', 'per each', 'through each', 'via each', 'under each', 'with each', 'across all', 'across', 'by each', 'for all', 'per', 'each', 'every', 'by',
];
const units = new Map<string, Unit>([
  ['year', 'year'], ['month', 'month'], ['quarter', 'quarter'], ['week', 'week'], ['day', 'day'],
  ['yearly', 'year'], ['annually', 'year'], ['monthly', 'month'], ['quarterly', 'quarter'], ['weekly', 'week'], ['daily', 'day'],
]);

/** Reads "per department", "by month", "for each building", "monthly". */
export function readGrouping(draft: Draft): boolean {
  const from = draft.position;
  const adverb = wordAt(draft).endsWith('ly') ? units.get(wordAt(draft)) : undefined;
  if (adverb !== undefined) {
    draft.position += 1;
    draft.groups.push({ kind: 'time', unit: adverb, verb: takeVerb(draft) });
    draft.last = 'group';
    return true;
  }
  const intro = takePhrase(draft, intros);
  if (intro === null) return false;
  if (intro === 'by' && isRanking(draft)) {
    const phrase = readNounPhrase(draft);
    if (phrase !== null) {
      draft.order = { phrase, direction: null };
      return true;
    }
    draft.position = from;
    return false;
  }
  takePhrase(draft, ['calendar']);
  const unit = units.get(wordAt(draft));
  if (unit !== undefined && (mentionHere(draft)?.length ?? 0) <= 1 && !hasColumnNamed(draft)) {
    draft.position += 1;
    draft.groups.push({ kind: 'time', unit, verb: takeVerb(draft) });
    draft.last = 'group';
    return true;
  }
  const phrase = readNounPhrase(draft);
  if (phrase === null || (intro === 'by' && (phrase.name !== null || phrase.head?.links.every((link) => link.kind === 'value') === true))) {
    draft.position = from;
    return false;
  }
  draft.groups.push({ kind: 'phrase', phrase, each: intro !== 'by' });
  draft.last = 'group';
  return true;
}

function hasColumnNamed(draft: Draft): boolean {
  return mentionHere(draft, ['column', 'relation']) !== null;
}

/** "top 5 students by grade": the "by" of a ranking names what ranks, not a grouping. */
function isRanking(draft: Draft): boolean {
  return draft.heads.some((head) => head.superlative?.open === true) && draft.order === null;
}

function takeVerb(draft: Draft): Draft['verb'] {
  const verb = draft.verb;
  draft.verb = null;
  if (peek(draft) === undefined) return verb;
  return verb;
}
