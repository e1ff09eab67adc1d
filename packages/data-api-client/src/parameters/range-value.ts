const marker = Symbol.for('@ask-aurora/data-api-client/range');

/** A PostgreSQL range. `null` as a bound means unbounded. */
export class RangeValue<T = unknown> {
  readonly lower: T | null;
  readonly upper: T | null;
  readonly lowerInclusive: boolean;
  readonly upperInclusive: boolean;
  /** True for the range that holds nothing; its bounds are null. */
  readonly empty: boolean;

  constructor(bounds: { readonly lower: T | null; readonly upper: T | null; readonly lowerInclusive?: boolean; readonly upperInclusive?: boolean } | 'empty') {
    this.empty = bounds === 'empty';
    this.lower = bounds === 'empty' ? null : bounds.lower;
    this.upper = bounds === 'empty' ? null : bounds.upper;
    this.lowerInclusive = bounds !== 'empty' && bounds.lower !== null && (bounds.lowerInclusive ?? true);
    this.upperInclusive = bounds !== 'empty' && bounds.upper !== null && (bounds.upperInclusive ?? false);
    Object.defineProperty(this, marker, { value: true });
  }

  static isInstance(value: unknown): value is RangeValue {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
