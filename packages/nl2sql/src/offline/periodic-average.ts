import type { Lexicon } from './lexicon.js';
import type { Token } from './tokenise.js';

const units = new Map([['daily', 'day'], ['weekly', 'week'], ['monthly', 'month'], ['quarterly', 'quarter'], ['yearly', 'year'], ['annual', 'year']]);

/**
 * "average monthly orders" is the average number of orders per month; where the schema knows a "monthly fee", that is
 * none. Gives the question in those words.
 */
export function withPeriodicAverage(tokens: readonly Token[], lexicon: Lexicon): readonly Token[] {
  const at = tokens.findIndex(({ lower }, index) => units.has(lower) && /^(average|avg|mean|median)$/.test(tokens[index - 1]?.lower ?? '') && lexicon.at(tokens, index).length === 0);
  const adverb = tokens[at];
  const unit = units.get(adverb?.lower ?? '');
  if (adverb === undefined || unit === undefined) return tokens;
  const noun = tokens[at + 1]?.lower === 'number' && tokens[at + 2]?.lower === 'of' ? at + 3 : at + 1;
  const [longest] = lexicon.at(tokens, noun);
  if (longest === undefined) return tokens;
  const word = (text: string): Token => ({ ...adverb, text, lower: text });
  const rows = longest.links.every(({ kind }) => kind === 'relation');
  const figure = rows ? ['number', 'of'] : longest.links.every(({ kind }) => kind === 'column') && noun === at + 1 ? ['total'] : [];
  return [...tokens.slice(0, at), ...figure.map(word), ...tokens.slice(noun), word('per'), word(unit)];
}
