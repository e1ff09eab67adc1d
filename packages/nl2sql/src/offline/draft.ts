import type { Cursor } from './cursor.js';
import type { Condition, Course, Grouping, Mention, NounPhrase, Ordering } from './request.js';

/** What the readers share while they go through a question: where they are and what they have found. */
export interface Draft extends Cursor {
  readonly heads: NounPhrase[];
  /** "new accounts": only those of some time. */
  readonly fresh: boolean;
  /** Set where a second sentence begins to add heads. */
  asked: number | null;
  /** How many conditions stood before the first verb after the heads. */
  whole: number | null;
  conditions: Condition[];
  readonly groups: Grouping[];
  order: Ordering | null;
  limit: number | null;
  /** The verb read last, for the date or name that follows it. */
  verb: Mention | null;
  /** Set by "not", used up by the next condition. */
  negated: boolean;
  course: Course | null;
  /** "how many .. on average". */
  onAverage: boolean;
  /** ".. as a percentage of the total". */
  ofTotal: boolean;
  /** What a following "and" goes on with. */
  last: 'head' | 'group' | 'condition' | 'with' | null;
}

/** Adds a condition to what was read. */
export function push(draft: Draft, condition: Condition): true {
  draft.conditions.push(condition);
  draft.last = 'condition';
  return true;
}

/** Whether the next condition is negated; used up by asking. */
export function takeNegated(draft: Draft): boolean {
  const negated = draft.negated;
  draft.negated = false;
  return negated;
}

/** The verb read last; used up by asking. */
export function takeVerb(draft: Draft): Mention | null {
  const verb = draft.verb;
  draft.verb = null;
  return verb;
}
