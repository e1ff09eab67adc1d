import type { AstNode, AstValue } from './ast.js';

/** Reads the JSON at `start`, which a NUL ends, out of the parser's memory. */
export type TreeReader = (memory: Uint8Array, start: number) => AstNode;

const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_NODE = 123;
const CLOSE_NODE = 125;
const TRUE = [116, 114, 117, 101];

/** Texts that are remembered, a power of two, and the bytes of the longest. */
const SLOTS = 8_192;
const LONGEST = 24;
/** Digits of the longest number that is exact. */
const DIGITS = 15;

const decoder = new TextDecoder();
const nothing = new Uint8Array(0);

/**
 * A reader of parse trees, which is what `JSON.parse` of the same text gives, in two thirds of its time: trees are many small nodes of few field names.
 * A text that was read before is looked up by its bytes, so that nothing is decoded or hashed again. The lookup has one place for each hash, so it never grows.
 * What PostgreSQL does not print (spaces, fractions, null) is left to `JSON.parse`.
 */
export function createTreeReader(): TreeReader {
  const texts = new Array<string>(SLOTS).fill('');
  const lengths = new Uint8Array(SLOTS);
  const known = new Uint8Array(SLOTS * LONGEST);
  let bytes: Uint8Array = nothing;
  let at = 0;

  /** The text after the opening quote. */
  const text = (): string => {
    const data = bytes;
    const start = at;
    let end = start;
    let hash = 0;
    for (let code = data[end] ?? 0; code !== QUOTE; code = data[end] ?? 0) {
      if (code < 32 || code >= 128 || code === BACKSLASH) return escapedText();
      hash = (Math.imul(hash, 31) + code) | 0;
      end += 1;
    }
    at = end + 1;
    const length = end - start;
    if (length > LONGEST) return decoder.decode(data.subarray(start, end));
    const slot = (hash ^ (hash >>> 13)) & (SLOTS - 1);
    const place = slot * LONGEST;
    if (lengths[slot] === length) {
      let same = 0;
      while (same < length && known[place + same] === data[start + same]) same += 1;
      if (same === length) return texts[slot] ?? '';
    }
    const read = decoder.decode(data.subarray(start, end));
    texts[slot] = read;
    lengths[slot] = length;
    known.set(data.subarray(start, end), place);
    return read;
  };

  /** A text with escapes, or with more than ASCII. */
  const escapedText = (): string => {
    const opening = at - 1;
    let end = at;
    for (let code = bytes[end]; code !== QUOTE; code = bytes[end]) {
      if (code === undefined || code === 0) throw new SyntaxError('A text is not closed.');
      end += code === BACKSLASH ? 2 : 1;
    }
    at = end + 1;
    return JSON.parse(decoder.decode(bytes.subarray(opening, at))) as string;
  };

  const fieldName = (): string => {
    expect(QUOTE);
    const name = text();
    // Assigning to this one would not make a field.
    if (name === '__proto__') throw new SyntaxError('A field has a name that no field has.');
    expect(COLON);
    return name;
  };

  const node = (): AstNode => {
    at += 1;
    const fields: Record<string, AstValue> = {};
    if (bytes[at] === CLOSE_NODE) {
      at += 1;
      return fields;
    }
    for (;;) {
      const name = fieldName();
      fields[name] = value();
      if (bytes[at] === CLOSE_NODE) break;
      expect(COMMA);
    }
    at += 1;
    return fields;
  };

  const list = (): readonly AstNode[] => {
    at += 1;
    if (bytes[at] === CLOSE_LIST) {
      at += 1;
      return [];
    }
    // Most lists have one item. An empty list that is added to reserves places for many.
    const items = [value() as AstNode];
    while (bytes[at] !== CLOSE_LIST) {
      expect(COMMA);
      items.push(value() as AstNode);
    }
    at += 1;
    return items;
  };

  const integer = (): number => {
    const negative = bytes[at] === MINUS;
    if (negative) at += 1;
    const start = at;
    let number = 0;
    for (let digit = (bytes[at] ?? 0) - ZERO; digit >= 0 && digit <= 9; digit = (bytes[at] ?? 0) - ZERO) {
      number = number * 10 + digit;
      at += 1;
    }
    const digits = at - start;
    if (digits === 0 || digits > DIGITS || (digits > 1 && bytes[start] === ZERO)) throw new SyntaxError('A number is not an integer.');
    return negative ? -number : number;
  };

  const value = (): AstValue => {
    switch (bytes[at]) {
      case OPEN_NODE: return node();
      case OPEN_LIST: return list();
      case QUOTE:
        at += 1;
        return text();
      case TRUE[0]:
        for (const letter of TRUE) expect(letter);
        return true;
      default: return integer();
    }
  };

  const expect = (code: number): void => {
    if (bytes[at] !== code) throw new SyntaxError('The tree is not written as expected.');
    at += 1;
  };

  return (memory, start) => {
    bytes = memory;
    at = start;
    try {
      const tree = value();
      if (bytes[at] === 0) return tree as AstNode;
    } catch {
      // Too deep for recursion, or not what PostgreSQL prints.
    } finally {
      bytes = nothing;
    }
    return JSON.parse(decoder.decode(memory.subarray(start, memory.indexOf(0, start)))) as AstNode;
  };
}
