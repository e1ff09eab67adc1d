import { mentionHere, takePhrase, wordAt } from './cursor.js';
import type { Draft } from './draft.js';
import { NotUnderstood } from './not-understood.js';
import type { TimeUnit } from './request.js';

const units = new Map<string, Exclude<TimeUnit, 'weekday'>>([['day', 'day'], ['week', 'week'], ['month', 'month'], ['quarter', 'quarter'], ['year', 'year']]);
const adverbs = new Map<string, Exclude<TimeUnit, 'weekday'>>([['daily', 'day'], ['weekly', 'week'], ['monthly', 'month'], ['quarterly', 'quarter'], ['yearly', 'year'], ['annual', 'year'], ['yoy', 'year'], ['mom', 'month'], ['qoq', 'quarter']]);
const changes = ['percentage change', 'percent change', 'rate of change', 'growth rate', 'growth rates', 'change', 'changes', 'growth', 'increase', 'decrease', 'difference', 'trend'];
const running = ['running total of', 'running totals of', 'running sum of', 'running count of', 'cumulative total of', 'cumulative sum of', 'cumulative count of', 'running total', 'cumulative', 'running number of'];

/** Reads what stands before a figure that is followed through time: "year over year change in", "monthly growth of", "running total of". */
export function readCourse(draft: Draft): boolean {
  if (draft.course !== null) return false;
  // "running" may be a status of projects, too; a "running total" is none.
  if ((mentionHere(draft)?.length ?? 0) < 2 && takePhrase(draft, running) !== null) {
    draft.course = 'running';
    return true;
  }
  if (mentionHere(draft) !== null) return false;
  const from = draft.position;
  const unit = readUnitOverUnit(draft) ?? readAdverb(draft);
  if (unit !== null) draft.groups.push({ kind: 'time', unit, verb: null });
  const noun = takePhrase(draft, changes);
  if (noun !== null && takePhrase(draft, ['in the', 'of the', 'in', 'of', 'for']) === null) draft.position = from;
  if (draft.position === from) {
    if (unit !== null) draft.groups.pop();
    return false;
  }
  draft.course = 'change';
  return true;
}

/** Reads it where it stands behind the figure: ".. growth", ".. year over year", ".. change from month to month". */
export function readLateCourse(draft: Draft): boolean {
  if (mentionHere(draft) !== null) return false;
  const from = draft.position;
  const noun = takePhrase(draft, changes);
  takePhrase(draft, ['from']);
  const unit = draft.groups.length === 0 ? readUnitOverUnit(draft) : null;
  if ((unit === null && noun === null) || (draft.course === 'running')) {
    draft.position = from;
    return false;
  }
  if (unit === null && wordAt({ ...draft, position: draft.position - 1 }) === 'from') draft.position -= 1;
  if (unit !== null) draft.groups.push({ kind: 'time', unit, verb: null });
  draft.course = 'change';
  draft.last = 'group';
  return true;
}

/** A course needs one grouping by time and nothing beside it. */
export function checkCourse(draft: Draft): void {
  const [group, ...more] = draft.groups;
  if (draft.course === null) return;
  if (group?.kind !== 'time' || group.unit === 'weekday' || more.length > 0) throw new NotUnderstood(`I cannot tell over which times the ${draft.course === 'change' ? 'change' : 'running total'} goes. Say "by month", "by quarter" or "by year".`);
}

function readUnitOverUnit(draft: Draft): Exclude<TimeUnit, 'weekday'> | null {
  const unit = units.get(wordAt(draft));
  if (unit === undefined || !/^(over|on|to|by)$/.test(wordAt(draft, 1)) || wordAt(draft, 2) !== wordAt(draft)) return null;
  draft.position += 3;
  return unit;
}

/** "monthly growth in revenue", "monthly revenue growth": an adverb only where a change follows. */
function readAdverb(draft: Draft): Exclude<TimeUnit, 'weekday'> | null {
  const unit = adverbs.get(wordAt(draft));
  if (unit === undefined || !draft.tokens.slice(draft.position + 1).some(({ lower }) => /^(growth|change|changes|increase|decrease)$/.test(lower))) return null;
  draft.position += 1;
  return unit;
}
