import { RangeValue } from '../parameters/range-value.js';
import { decoderOf, type ValueDecoder } from './value-decoder.js';

/** Ranges, for example `[1,5)`, `("a b",]` or `empty`. */
export function rangeOf(bound: ValueDecoder): ValueDecoder {
  return decoderOf({ text: (text) => parseRange(text, bound.text) });
}

const rangePattern = /^([[(])(?:"((?:[^"\\]|\\.|"")*)"|([^",]*)),(?:"((?:[^"\\]|\\.|"")*)"|([^",\])]*))([\])])$/su;

function parseRange(text: string, bound: ValueDecoder['text']): RangeValue {
  if (text === 'empty') return new RangeValue('empty');
  const match = rangePattern.exec(text);
  if (!match) throw new SyntaxError(`Not a range: ${text.slice(0, 40)}`);
  const [, open, quotedLower, bareLower, quotedUpper, bareUpper, close] = match;
  const decode = (quoted: string | undefined, bare: string | undefined): unknown => {
    if (quoted !== undefined) return bound(quoted.replace(/\\(.)|""/gsu, (_pair, escaped: string | undefined) => escaped ?? '"'));
    return bare === undefined || bare === '' ? null : bound(bare);
  };
  return new RangeValue({ lower: decode(quotedLower, bareLower), upper: decode(quotedUpper, bareUpper), lowerInclusive: open === '[', upperInclusive: close === ']' });
}
