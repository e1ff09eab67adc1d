/** Choices read from random bytes. When they have run out each is the first of its list, so that shrinking the bytes makes what is chosen smaller. */
export class Choices {
  readonly #bytes: Uint8Array;
  #next = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** One of a list of at most 256. */
  of<T>(list: readonly [T, ...T[]]): T {
    return list[this.#byte() % list.length] as T;
  }

  /** True for `percent` of all bytes, and never when they have run out. */
  chance(percent: number): boolean {
    return this.#byte() > 255 - (percent * 256) / 100;
  }

  /** Runs one of the given makers, the first when the bytes have run out. */
  make(...makers: readonly [() => string, ...(() => string)[]]): string {
    return this.of(makers)();
  }

  #byte(): number {
    const byte = this.#bytes[this.#next] ?? 0;
    this.#next += 1;
    return byte;
  }
}
