import type { Unit } from './calendar.js';
import type { Period } from './compared-periods.js';
import type { TextMatch } from './text-match.js';
import type { Link } from './link.js';
import type { TimeRange } from './time-expression.js';

/** A phrase of the question and everything it may stand for; resolution picks one. */
export interface Mention {
  readonly text: string;
  readonly links: readonly Link[];
}

export type AggregateFunction = 'count' | 'sum' | 'avg' | 'median' | 'min' | 'max';
/** What a figure for each group can be summed up by. */
export type OuterFunction = 'avg' | 'median' | 'min' | 'max';
export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A noun phrase: "the Computer Science department", "average salary of employees", "project Apollo". */
export interface NounPhrase {
  readonly text: string;
  readonly aggregate: AggregateFunction | null;
  readonly distinct: boolean;
  /** "average number of": what is to be made of the figures of all groups. */
  readonly outer?: OuterFunction;
  readonly superlative: Superlative | null;
  /** Mentions before the head: values, named filters, relations of a compound. */
  readonly before: readonly Mention[];
  readonly head: Mention | null;
  /** A name given in quotes or capitals: "project Apollo". */
  readonly name: string | null;
  /** A key given as a number: "student 12". */
  readonly key: number | null;
  readonly of: NounPhrase | null;
}

export interface Superlative {
  readonly direction: 'asc' | 'desc';
  readonly count: number;
  /** "top 5", which ranks by what is named later, as against "highest", "oldest". */
  readonly open: boolean;
  /** Words one of which the ranked column's name holds; null for "most" and "highest", which name their column. */
  readonly hints: readonly string[] | null;
  readonly word: string;
  /** "most common": goes by how many rows hold a value. */
  readonly frequency?: true;
  /** "second highest": that place alone; "top 10%": that part of the rows. Otherwise the first `count`. */
  readonly within?: { readonly kind: 'place'; readonly place: number } | { readonly kind: 'percent'; readonly percent: number };
}

export type Condition =
  | { readonly kind: 'phrase'; readonly phrase: NounPhrase; readonly negated: boolean; /** `is`: said of the rows themselves, without a preposition. */ readonly role: 'in' | 'with' | 'is'; /** The verb before: "enrolled in", "led by". */ readonly via: Mention | null; /** Joined to the condition before by "or". */ readonly or: boolean; /** Behind "in", "on" or "at", where no person stands. */ readonly located?: true; /** Behind "from" or "to". */ readonly toward?: 'from' | 'to'; /** One of those behind "both": each needs a row of its own. */ readonly every?: true }
  | { readonly kind: 'count'; readonly phrase: NounPhrase; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: 'compare'; readonly attribute: Mention | null; readonly aggregate: AggregateFunction | null; readonly hints: readonly string[] | null; readonly comparison: Comparison; readonly value: number | string; readonly to: number | null; /** "hours", "$". */ readonly unit?: string | null }
  /** "above the average salary": compared with the mean over all rows of the attribute's relation. */
  | { readonly kind: 'average'; readonly attribute: Mention | null; readonly hints: readonly string[] | null; readonly comparison: '<' | '>' }
  /** "whose title starts with Intro"; without an attribute what names the rows is meant. */
  | { readonly kind: 'match'; readonly attribute: Mention | null; readonly match: TextMatch; readonly negated: boolean }
  | { readonly kind: 'time'; readonly range: TimeRange; readonly verb: Mention | null; readonly negated: boolean }
  | { readonly kind: 'verb'; readonly verb: Mention; readonly negated: boolean; /** "not .. yet". */ readonly yet?: true };

export type Grouping = { readonly kind: 'phrase'; readonly phrase: NounPhrase; /** "per", "for each", as against "by". */ readonly each: boolean } | { readonly kind: 'time'; readonly unit: TimeUnit; readonly verb: Mention | null };

/** What rows can be grouped by in time; weekdays are Monday to Sunday, of all weeks together. */
export type TimeUnit = Unit | 'weekday';

export interface Ordering {
  readonly phrase: NounPhrase | null;
  readonly direction: 'asc' | 'desc' | null;
  /** Without a phrase: words of the column that "newest first" goes by. */
  readonly hints: readonly string[] | null;
  /** "largest first": by the one number that is shown. */
  readonly byNumber?: true;
}

/** From one time to the next, or added up so far. */
export type Course = 'change' | 'running';

/** A question as its words say it, before it is known which tables it speaks of. */
export interface Request {
  /** `rows`: "which" and "list", which ask for rows and never for a figure. */
  readonly lead: 'show' | 'rows' | 'count' | 'how-much' | 'who' | 'when' | 'share' | 'difference' | 'ratio';
  readonly heads: readonly NounPhrase[];
  /** Times that one figure is compared between; the first stands among the conditions. */
  readonly periods: readonly Period[];
  /** "compare ..": something must be set against something. */
  readonly compares: boolean;
  /** "currently", "still": only what holds today. */
  readonly now: boolean;
  /** Without a verb before what is asked for: "patients by city", as against "show patients by city". */
  readonly terse: boolean;
  /** How many heads stand in the question proper; the rest come from "Return the name and .." after it. */
  readonly asked: number;
  readonly conditions: readonly Condition[];
  readonly groups: readonly Grouping[];
  readonly order: Ordering | null;
  readonly limit: number | null;
  readonly distinct: boolean;
  /** "year over year change", "running total": what is to be made of figures that follow each other in time. */
  readonly course: Course | null;
  /** Of a share: how many of the conditions stand before its verb and so restrict the whole; null when it has none. */
  readonly whole: number | null;
}
