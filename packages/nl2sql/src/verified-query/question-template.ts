import { tokenise } from '../offline/tokenise.js';
import type { Token } from '../offline/tokenise.js';
import { singular } from '../offline/singular.js';

/** A verified question as a sequence of words and slots. */
export interface QuestionTemplate {
  readonly parts: readonly TemplatePart[];
  /** How many words it fixes; of two templates that match, the one that fixes more is the closer. */
  readonly words: number;
}

export type TemplatePart = { readonly word: string } | { readonly slot: string };

/** What a slot took from a question. */
export interface SlotText {
  readonly text: string;
  readonly tokens: readonly Token[];
}

const longestSlot = 8;

/** Polite and leading words, which change nothing: "show me", "what are", "list all the". */
const courtesy = new Set(
  'please can could would you show me us give list display find get tell i want need would like to see know what which who are is was were the a an all of kindly return there do does did have has been'.split(' '),
);

/** Reads `Which courses does {student} take?` into words and slots. */
export function questionTemplate(question: string): QuestionTemplate {
  const parts = question.split(/\{([^{}]+)\}/).flatMap((piece, index): TemplatePart[] => (index % 2 === 1 ? [{ slot: piece.trim() }] : contentWords(tokenise(piece)).map((word) => ({ word }))));
  return { parts, words: parts.filter((part) => 'word' in part).length };
}

/** The slots' texts when the question is this template with its slots filled by texts that `accept` takes, or null. */
export function matchTemplate(template: QuestionTemplate, question: readonly Token[], accept: (slot: string, text: SlotText) => boolean): ReadonlyMap<string, SlotText> | null {
  const slots = new Map<string, SlotText>();
  const from = (part: number, token: number): boolean => {
    const wanted = template.parts[part];
    if (wanted === undefined) return question.slice(token).every(isCourtesy);
    if ('word' in wanted) {
      for (let at = token; at < question.length; at += 1) {
        const present = question[at];
        if (present === undefined) return false;
        if (normal(present) === wanted.word && from(part + 1, at + 1)) return true;
        if (!isCourtesy(present)) return false;
      }
      return false;
    }
    // Words of courtesy before a slot may be skipped, unless they belong to it: "The Industrial Age".
    const starts: number[] = [];
    for (let start = token; start < question.length; start += 1) {
      starts.unshift(start);
      const skipped = question[start];
      if (skipped === undefined || !isCourtesy(skipped)) break;
    }
    for (const start of starts) {
      for (let end = Math.min(question.length, start + longestSlot); end > start; end -= 1) {
        const tokens = question.slice(start, end);
        const text: SlotText = { tokens, text: tokens.map((item) => item.text).join(' ') };
        if (tokens.some((item) => item.kind === 'comma') || !accept(wanted.slot, text)) continue;
        slots.set(wanted.slot, text);
        if (from(part + 1, end)) return true;
      }
    }
    slots.delete(wanted.slot);
    return false;
  };
  return from(0, 0) ? slots : null;
}

function contentWords(tokens: readonly Token[]): readonly string[] {
  return tokens.filter((token) => !isCourtesy(token)).map(normal);
}

function isCourtesy(token: Token): boolean {
  return token.kind === 'comma' || (token.kind === 'word' && courtesy.has(token.lower));
}

function normal(token: Token): string {
  return token.kind === 'number' && token.value !== null ? String(token.value) : singular(token.lower);
}
