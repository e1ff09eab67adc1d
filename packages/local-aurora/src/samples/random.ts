/** A reproducible source of choices: the same seed gives the same choices on every machine and Node version. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Picks with a whole-number weight for each item. */
  weighted<Item>(items: readonly (readonly [item: Item, weight: number])[]): Item;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
}

/**
 * Marsaglia's xorshift over 32 bits, scrambled by a multiplication. Whole-number arithmetic only: floating-point
 * functions may differ between platforms. For sample data; not for secrets.
 */
export function createRandom(seed: string): Random {
  let state = [...seed].reduce((hash, character) => Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0, 0x811c9dc5) || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (Math.imul(state, 0x9e3779b1) ^ (state >>> 15)) >>> 0;
  };
  const integer = (low: number, high: number) => low + (next() % (high - low + 1));
  const at = <Item>(items: readonly Item[], index: number): Item => {
    if (index >= items.length) throw new RangeError('Nothing to pick from.');
    return items[index] as Item;
  };
  return {
    integer,
    pick: (items) => at(items, items.length === 0 ? 0 : integer(0, items.length - 1)),
    weighted(items) {
      let ticket = integer(1, items.reduce((sum, [, weight]) => sum + weight, 0));
      const index = items.findIndex(([, weight]) => (ticket -= weight) <= 0);
      return at(items, index)[0];
    },
    chance: (percent) => integer(1, 100) <= percent,
  };
}
