import type { LabelMention } from './label-mentions.js';
import { saidNumbers, type SaidNumber } from './said-numbers.js';

/** Names that stand together as one subject: "Physics, Music and Art". */
export interface LabelGroup {
  readonly column: string;
  readonly members: readonly LabelMention[];
  readonly start: number;
  readonly end: number;
}

/** A part of a sentence that says its own thing, with the names and numbers in it. Offsets are those of the whole text. */
export interface Clause {
  readonly text: string;
  readonly start: number;
  readonly groups: readonly LabelGroup[];
  readonly numbers: readonly SaidNumber[];
}

const breaks = /[.!?](?=\s|$)|;|[—|]|\s–\s|,?\s(?:while|whereas|but|although|though|however)\b/giu;
const joint = /^(?:\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|&|as well as)\s+)(?:the\s+|both\s+)?$/i;

/** Cuts a text into clauses. Names and numbers are never cut: "St. Louis" and "1.5" hold no end of a sentence. */
export function clauses(text: string, mentions: readonly LabelMention[]): readonly Clause[] {
  const numbers = saidNumbers(text).filter((number) => !mentions.some((mention) => number.start < mention.end && mention.start < number.end));
  const fixed = [...mentions, ...numbers];
  const cuts = [...text.matchAll(breaks)].map((match) => ({ start: match.index, end: match.index + match[0].length })).filter((cut) => !fixed.some(({ start, end }) => cut.start < end && start < cut.end));
  const starts = [0, ...cuts.map(({ end }) => end)];
  return starts.map((start, index): Clause => {
    const end = cuts[index]?.start ?? text.length;
    const inside = <T extends { readonly start: number; readonly end: number }>(items: readonly T[]) => items.filter((item) => item.start >= start && item.end <= end);
    return { text: text.slice(start, end), start, groups: grouped(inside(mentions), text), numbers: inside(numbers) };
  });
}

function grouped(mentions: readonly LabelMention[], text: string): readonly LabelGroup[] {
  const groups: { column: string; members: LabelMention[]; start: number; end: number }[] = [];
  for (const mention of mentions) {
    const last = groups.at(-1);
    if (last !== undefined && last.column === mention.column && joint.test(text.slice(last.end, mention.start))) {
      last.members.push(mention);
      last.end = mention.end;
    } else groups.push({ column: mention.column, members: [mention], start: mention.start, end: mention.end });
  }
  return groups;
}
