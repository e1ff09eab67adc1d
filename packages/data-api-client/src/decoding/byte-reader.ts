import type { WireArray } from '../transport/wire.js';
import type { ValueDecoder } from './value-decoder.js';

/** The bytes are no JSON of the compact form that the service writes. `JSON.parse` is to have them instead. */
export class UnexpectedFormError extends Error {}

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

const keyOf = (name: string, more = ''): Uint8Array => Buffer.from(`{"${name}":${more}`);
const isNull = keyOf('isNull', 'true}');
const longValue = keyOf('longValue');
const stringValue = keyOf('stringValue');
const doubleValue = keyOf('doubleValue');
const blobValue = keyOf('blobValue');
const trueValue = keyOf('booleanValue', 'true}');
const falseValue = keyOf('booleanValue', 'false}');
const arrayValue = keyOf('arrayValue');

/** Every field is told from the others by its third byte, and the two that begin with `b` by the fourth. */
const initial = { i: 0x69, l: 0x6c, s: 0x73, d: 0x64, b: 0x62, a: 0x61 } as const;

/**
 * Reads fields from the bytes of a body and hands their values to decoders, without making an object for each field as
 * `JSON.parse` would. It knows the one form in which the service writes, and throws UnexpectedFormError at any other.
 */
export class ByteReader {
  at: number;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** Takes `[`, and says whether the list has an item. */
  openList(): boolean {
    this.#take(openBracket);
    if (this.#bytes[this.at] !== closeBracket) return true;
    this.at += 1;
    return false;
  }

  /** After an item, takes `,` or `]`, and says whether another item follows. */
  nextInList(): boolean {
    const byte = this.#bytes[this.at];
    this.at += 1;
    if (byte === comma) return true;
    if (byte === closeBracket) return false;
    throw new UnexpectedFormError();
  }

  /** Reads one field and decodes it. */
  field(decoder: ValueDecoder): unknown {
    switch (this.#bytes[this.at + 2]) {
      case initial.s:
        return this.#textField(decoder);
      case initial.l:
        return this.#longField(decoder);
      case initial.i:
        this.#literal(isNull);
        return null;
      case initial.d:
        return this.#doubleField(decoder);
      case initial.b:
        return this.#bytes[this.at + 3] === initial.l ? this.#blobField(decoder) : this.#booleanField(decoder);
      case initial.a:
        return this.#arrayField(decoder);
      default:
        throw new UnexpectedFormError();
    }
  }

  #textField(decoder: ValueDecoder): unknown {
    this.#literal(stringValue);
    const text = this.#string();
    this.#take(closeBrace);
    return decoder.text(text);
  }

  /** Integers that a number cannot hold are decoded from their digits, so that none is lost. */
  #longField(decoder: ValueDecoder): unknown {
    this.#literal(longValue);
    const from = this.at;
    const bytes = this.#bytes;
    const negative = bytes[from] === 0x2d;
    let at = negative ? from + 1 : from;
    let value = 0;
    for (let byte = bytes[at]; byte !== undefined && byte >= 0x30 && byte <= 0x39; byte = bytes[at]) {
      value = value * 10 + (byte - 0x30);
      at += 1;
    }
    if (at === from + (negative ? 1 : 0)) throw new UnexpectedFormError();
    this.at = at;
    this.#take(closeBrace);
    if (!Number.isSafeInteger(value)) return decoder.text(bytes.toString('latin1', from, at));
    return decoder.number(negative ? 0 - value : value);
  }

  #doubleField(decoder: ValueDecoder): unknown {
    this.#literal(doubleValue);
    if (this.#bytes[this.at] === quote) {
      const text = this.#string();
      this.#take(closeBrace);
      return decoder.text(text);
    }
    const end = this.#bytes.indexOf(closeBrace, this.at);
    const value: unknown = parse(this.#bytes.toString('latin1', this.at, end));
    if (typeof value !== 'number') throw new UnexpectedFormError();
    this.at = end + 1;
    return decoder.number(value);
  }

  #booleanField(decoder: ValueDecoder): unknown {
    const value = this.#bytes[this.at + trueValue.length - 1] === closeBrace;
    this.#literal(value ? trueValue : falseValue);
    return decoder.boolean(value);
  }

  #blobField(decoder: ValueDecoder): unknown {
    this.#literal(blobValue);
    const text = this.#string();
    this.#take(closeBrace);
    return decoder.blob(text);
  }

  #arrayField(decoder: ValueDecoder): unknown {
    this.#literal(arrayValue);
    const from = this.at;
    for (let depth = 0; ; ) {
      const byte = this.#bytes[this.at];
      if (byte === undefined) throw new UnexpectedFormError();
      if (byte === quote) {
        this.#string();
        continue;
      }
      if (byte === openBrace) depth += 1;
      if (byte === closeBrace) depth -= 1;
      this.at += 1;
      if (depth === 0) break;
    }
    const array = parse(this.#bytes.toString('utf8', from, this.at)) as WireArray;
    this.#take(closeBrace);
    return decoder.array(array);
  }

  /** Reads a string. A copy is made of it: a slice of one long text would keep the whole body in memory. */
  #string(): string {
    this.#take(quote);
    const bytes = this.#bytes;
    const from = this.at;
    let at = from;
    let bits = 0;
    for (let byte = bytes[at]; byte !== quote; byte = bytes[at]) {
      if (byte === undefined) throw new UnexpectedFormError();
      if (byte === backslash) return this.#escapedString(from, at);
      bits |= byte;
      at += 1;
    }
    this.at = at + 1;
    return bits < 0x80 ? bytes.toString('latin1', from, at) : bytes.toString('utf8', from, at);
  }

  #escapedString(from: number, firstEscape: number): string {
    let at = firstEscape;
    while (this.#bytes[at] !== quote) {
      if (at >= this.#bytes.length) throw new UnexpectedFormError();
      at += this.#bytes[at] === backslash ? 2 : 1;
    }
    this.at = at + 1;
    return parse(this.#bytes.toString('utf8', from - 1, at + 1)) as string;
  }

  #literal(expected: Uint8Array): void {
    const bytes = this.#bytes;
    const at = this.at;
    for (let index = 0; index < expected.length; index += 1) if (bytes[at + index] !== expected[index]) throw new UnexpectedFormError();
    this.at = at + expected.length;
  }

  #take(byte: number): void {
    if (this.#bytes[this.at] !== byte) throw new UnexpectedFormError();
    this.at += 1;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UnexpectedFormError();
  }
}
