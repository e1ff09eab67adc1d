import type { ValueDecoder } from './value-decoder.js';

type ElementDecoder = ValueDecoder['text'];

/** Reads PostgreSQL's array text, for example `{1,NULL,"a \"b\""}` or `[0:1]={{a},{b}}`. */
export function parseArrayText(text: string, element: ElementDecoder): unknown[] {
  const start = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  const reader = new ArrayReader(text, start, element);
  const array = reader.array();
  if (reader.at !== text.length) throw new SyntaxError(`Not an array: ${text.slice(0, 40)}`);
  return array;
}

class ArrayReader {
  at: number;
  readonly #text: string;
  readonly #element: ElementDecoder;

  constructor(text: string, at: number, element: ElementDecoder) {
    this.#text = text;
    this.at = at;
    this.#element = element;
  }

  array(): unknown[] {
    this.#expect('{');
    const items: unknown[] = [];
    if (this.#text[this.at] !== '}') {
      items.push(this.#item());
      while (this.#text[this.at] === ',') {
        this.at += 1;
        items.push(this.#item());
      }
    }
    this.#expect('}');
    return items;
  }

  #item(): unknown {
    const first = this.#text[this.at];
    if (first === '{') return this.array();
    if (first === '"') return this.#element(this.#quoted());
    const from = this.at;
    while (this.at < this.#text.length && this.#text[this.at] !== ',' && this.#text[this.at] !== '}') this.at += this.#text[this.at] === '\\' ? 2 : 1;
    const bare = this.#text.slice(from, this.at);
    return /^null$/iu.test(bare) ? null : this.#element(bare.replace(/\\([\s\S])/gu, '$1'));
  }

  #quoted(): string {
    const from = (this.at += 1);
    while (this.at < this.#text.length && this.#text[this.at] !== '"') this.at += this.#text[this.at] === '\\' ? 2 : 1;
    const body = this.#text.slice(from, this.at);
    this.#expect('"');
    return body.replace(/\\([\s\S])/gu, '$1');
  }

  #expect(character: string): void {
    if (this.#text[this.at] !== character) throw new SyntaxError(`Not an array: ${character} is missing at ${this.at} of ${this.#text.slice(0, 40)}`);
    this.at += 1;
  }
}
