/** One visual channel of a chart. `field` is escaped as Vega-Lite reads paths. */
export interface EncodingChannel {
  readonly field: string;
  readonly type: 'quantitative' | 'temporal' | 'ordinal' | 'nominal';
  readonly title?: string | null;
  /** Null keeps the data's order. */
  readonly sort?: null;
}

/** The part of a Vega-Lite 5 specification that this package writes. Plain JSON. */
export interface VegaLiteSpec {
  readonly $schema: 'https://vega.github.io/schema/vega-lite/v5.json';
  readonly data: { readonly values: readonly Readonly<Record<string, string | number | boolean | null>>[] };
  readonly mark: { readonly type: 'bar' | 'line' | 'point'; readonly point?: boolean; readonly tooltip: boolean };
  readonly encoding: Readonly<Partial<Record<'x' | 'y' | 'xOffset' | 'color' | 'detail', EncodingChannel>>>;
  readonly transform?: readonly { readonly fold: readonly string[]; readonly as: readonly [string, string] }[];
}
