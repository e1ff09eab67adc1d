import { takePhrase, wordAt } from './cursor.js';
import type { Draft } from './draft.js';
import { readNounPhrase } from './noun-phrase.js';
import { money, start } from './scale-words.js';

const firsts: readonly (readonly ['asc' | 'desc', readonly string[] | null, readonly string[]])[] = [
  ['desc', start, ['newest first', 'latest first', 'most recent first']],
  ['asc', start, ['oldest first', 'earliest first']],
  ['asc', money, ['cheapest first', 'least expensive first']],
  ['desc', money, ['most expensive first']],
  ['desc', null, ['largest first', 'highest first', 'biggest first', 'most first', 'descending']],
  ['asc', null, ['smallest first', 'lowest first', 'fewest first', 'ascending']],
];

/** "largest first" goes by the figure or number shown, "newest first" by the date. */
function readFirst(draft: Draft): boolean {
  for (const [direction, hints, phrases] of firsts) {
    if (takePhrase(draft, phrases) === null) continue;
    draft.order = { phrase: draft.order?.phrase ?? null, direction, hints: draft.order === null ? hints : draft.order.hints, ...(hints === null && draft.order === null ? { byNumber: true as const } : {}) };
    return true;
  }
  return false;
}

/** Reads "sorted by name descending", "in order of", "newest first". `introduced`: "order by" has been read. */
export function readOrdering(draft: Draft, introduced = false): boolean {
  const from = draft.position;
  if (!introduced && readFirst(draft)) return true;
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
      draft.order = { phrase, direction, hints: null };
      return true;
    }
    if (direction !== null && intro === 'from') {
      draft.order = { phrase: draft.order?.phrase ?? null, direction, hints: null };
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
  draft.order = { phrase, direction: early ?? late, hints: null };
  return true;
}

function takeDirection(draft: Draft): 'asc' | 'desc' | null {
  const down = takePhrase(draft, ['highest to lowest', 'largest to smallest', 'most to least', 'newest to oldest', 'latest to earliest', 'descending', 'decreasing', 'desc', 'highest first', 'largest first', 'newest first', 'latest first', 'most recent first']);
  if (down !== null) return 'desc';
  return takePhrase(draft, ['lowest to highest', 'smallest to largest', 'least to most', 'oldest to newest', 'earliest to latest', 'ascending', 'increasing', 'asc', 'alphabetical', 'alphabetically', 'chronological', 'chronologically', 'lowest first', 'smallest first', 'oldest first', 'earliest first']) === null ? null : 'asc';
}
