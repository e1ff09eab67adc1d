/** data-api-client 1 brings no types; these are the ones that the benchmark uses. */
declare module 'data-api-client' {
  export interface DataApiClientParameters {
    readonly engine: 'pg' | 'mysql';
    readonly resourceArn: string;
    readonly secretArn: string;
    readonly database: string;
    readonly options: Readonly<Record<string, unknown>>;
  }
  export default function dataApiClient(parameters: DataApiClientParameters): { query(sql: string): Promise<{ records: unknown[] }> };
}
