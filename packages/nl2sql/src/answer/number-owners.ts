import type { Clause, LabelGroup } from './clauses.js';
import type { SaidNumber } from './said-numbers.js';

/** Rows that a number may belong to, by one reading. */
export interface Owner {
  readonly groups: readonly LabelGroup[];
  readonly rows: readonly number[];
  /** The number follows the name with nothing but a word of having between: it can only be the row's own. */
  readonly direct: boolean;
}

const having =
  /^[\s:(=,–-]*(?:(?:has|have|had|with|is|are|was|were|at|counts?|records?|recorded|shows?|holds?|sold|sells|earned|made|enrolls?|stands at|stood at|comes? to|came to|reached|totals?|totall?ed|leads with|leads at|led with|about|around|roughly|approximately|nearly|almost|exactly|only|just|some|an?|the|total of|sum of|average of|count of|most|largest|highest|lowest|fewest|biggest|smallest)[\s:(=,]*)*[$€£]?$/i;
const partOf = /^\s*(?:\p{L}+\s+)?(?:of|out of|in|among)\s+(?:the|all|\d)/iu;
const leading = /^\W*(?:with|at|having|counting)\b[^,]*$/i;
const linking = new Set(['in', 'for', 'at', 'from', 'of', 'by', 'to', 'on', 'with', 'within', 'under', 'than', 'are', 'is', 'was', 'were', 'the', 'a', 'an', 'go', 'goes', 'belong', 'department', 'team', 'city', 'region', 'named', 'called']);

/** The readings of whom a number belongs to: for each column of names one choice, and the rows that all of them share. */
export function ownersOf(number: SaidNumber, clause: Clause, subject: LabelGroup | null, figures: readonly SaidNumber[]): readonly Owner[] {
  const columns = [...new Set(clause.groups.map(({ column }) => column))];
  let readings: readonly (readonly Choice[])[] = [[]];
  for (const column of columns) {
    const choices = choicesOf(number, clause, clause.groups.filter((group) => group.column === column), figures);
    if (choices.length > 0) readings = readings.flatMap((reading) => choices.map((choice) => [...reading, choice]));
  }
  const owners = readings.filter((reading) => reading.length > 0).map(ownerOf);
  if (owners.length > 0 || subject === null) return owners;
  const start = clause.text.slice(0, number.start - clause.start).replace(/^\W*(?:and\s+)?\w+/, '');
  return [ownerOf([{ group: subject, direct: having.test(start) }])];
}

interface Choice {
  readonly group: LabelGroup;
  readonly direct: boolean;
}

function ownerOf(choices: readonly Choice[]): Owner {
  const sets = choices.map(({ group }) => group.members.flatMap(({ rows }) => rows));
  const shared = (sets[0] ?? []).filter((row) => sets.every((rows) => rows.includes(row)));
  // Names that no row has together say nothing about each other: the nearest to the number counts.
  const rows = shared.length > 0 ? shared : (sets.at(-1) ?? []);
  return { groups: choices.map(({ group }) => group), rows, direct: choices.some(({ direct }) => direct) };
}

function choicesOf(number: SaidNumber, clause: Clause, groups: readonly LabelGroup[], figures: readonly SaidNumber[]): readonly Choice[] {
  const between = (from: number, to: number) => clause.text.slice(from - clause.start, to - clause.start);
  const numberIn = (from: number, to: number) => figures.some(({ start, end }) => start >= from && end <= to);
  const before = groups.filter(({ end }) => end <= number.start).at(-1);
  const after = groups.find(({ start }) => start >= number.end);
  const follows = after !== undefined && !numberIn(number.end, after.start) && leadsTo(between(number.end, after.start), between(clause.start, number.start));
  const link = before === undefined ? '' : between(before.end, number.start);
  const loose = before !== undefined && (numberIn(before.end, number.start) || /^[\s,]*(?:and)?\s*$/.test(link));
  const exempt = partOf.test(between(number.end, clause.start + clause.text.length)) || number.role === 'multiple';
  // A name that no row has stands nearer: the number is that one's.
  const taken = before !== undefined && /[^.:(]\s\p{Lu}\p{L}{2,}/u.test(withoutNames(link, before.end, clause));
  const nearest: readonly Choice[] = before === undefined || taken ? [] : [{ group: before, direct: having.test(link) && !exempt }];
  // "Chemistry trails Physics (40) with 30": the nearest name has its number already, an earlier one may still want its own.
  const earlier = before !== undefined && numberIn(before.end, number.start) ? groups.filter(({ end }) => end <= before.start).filter((group, index, all) => !numberIn(group.end, all[index + 1]?.start ?? before.start)).map((group): Choice => ({ group, direct: false })) : [];
  if (!follows) return [...nearest, ...earlier];
  // "40 Physics students": with nothing between, it can only be the row's own.
  const next: Choice = { group: after, direct: between(number.end, after.start).trim() === '' && !exempt };
  return before === undefined || loose ? [next] : [...nearest, next];
}

/** A stretch of a clause with the names of rows blanked. */
function withoutNames(stretch: string, start: number, clause: Clause): string {
  return clause.groups.flatMap(({ members }) => members).reduce((text, name) => (name.start < start || name.end > start + stretch.length ? text : text.slice(0, name.start - start) + ' '.repeat(name.end - name.start) + text.slice(name.end - start)), stretch);
}

/** Whether the words between a number and a later name give the number to it: "40 students in Physics", "With 40, Physics leads". */
function leadsTo(words: string, start: string): boolean {
  if (leading.test(start) && /^[^,]*,\s*(?:the\s+)?$/.test(words)) return true;
  const said = words.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (/[,:()]/.test(words) || said.length > 7) return false;
  return said.length === 0 || linking.has(said.at(-1) ?? '');
}

/** Names and numbers of a clause, paired in their order. */
export interface InOrder {
  readonly pairs: readonly { readonly number: SaidNumber; readonly rows: readonly number[]; readonly label: string }[];
  /** No other reading is possible. */
  readonly only: boolean;
}

/** "Physics and Chemistry have 40 and 30": as many numbers as names, all of them behind the names. */
export function pairedInOrder(clause: Clause, figures: readonly SaidNumber[]): InOrder | null {
  const members = clause.groups.flatMap((group) => group.members);
  const [first] = figures;
  const lastName = members.at(-1);
  if (members.length < 2 || members.length !== figures.length || first === undefined || lastName === undefined || lastName.end > first.start) return null;
  const joined = figures.slice(1).every((number, index) => /^(?:\s*\p{L}+){0,2}\s*(?:,|and|to|vs\.?|versus|against|–|-|,\s*and)\s*[$€£]?$/iu.test(clause.text.slice((figures[index]?.end ?? 0) - clause.start, number.start - clause.start)));
  if (!joined) return null;
  return { pairs: figures.map((number, index) => ({ number, rows: members[index]?.rows ?? [], label: members[index]?.text ?? '' })), only: clause.groups.length === 1 };
}
