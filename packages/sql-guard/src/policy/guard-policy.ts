import * as z from 'zod';

const name = z.string().min(1).max(63);
const qualified = z.string().regex(/^[^.]+(\.[^.]+)?$/, 'write `name` or `schema.name`');
const count = z.number().int().min(0);

const relation = z.strictObject({ schema: name, name });

const table = z.strictObject({
  schema: name,
  name,
  /** The columns that may be read. Absent: every column that is not hidden. */
  columns: z.array(name).optional(),
  /** Columns that may not be read; hidden wins over listed. */
  hiddenColumns: z.array(name).default([]),
  /** True when `columns` and `hiddenColumns` together name every column: names not among them are then known not to be columns. */
  columnsAreComplete: z.boolean().default(false),
  /** For a view: what its definition reads. A view over a denied relation or a hidden column is refused. */
  reads: z.array(z.strictObject({ schema: name, name, columns: z.array(name).optional() })).default([]),
});

const limits = z.strictObject({
  /** Characters of a statement. */
  length: count.default(50_000),
  /** Lexical tokens of a statement. */
  tokens: count.default(6_000),
  parenthesisNesting: count.default(200),
  commentNesting: count.default(8),
  /** Expressions inside expressions. */
  expressionDepth: count.default(400),
  /** Queries inside queries. */
  queryDepth: count.default(24),
  /** Relations, subqueries and calls in FROM, over the whole statement. */
  fromItems: count.default(100),
  setOperations: count.default(40),
  commonTableExpressions: count.default(40),
  recursion: z.boolean().default(true),
  /** Rows of constant generate_series calls, multiplied over the statement. */
  seriesRows: count.default(1_000_000),
  /** Whether generate_series may take bounds that are not constants. */
  openSeries: z.boolean().default(true),
  /** Repetitions asked of repeat(), multiplied over the statement; how often replacements inside each other multiply a text. */
  repeat: count.default(10_000),
  /** References to columns, after putting the expressions of queries inside each other in the place of their names, as PostgreSQL does while planning; rows and quotations count twice. */
  growth: count.default(50_000),
  /** Length asked of lpad(), rpad(), format() widths, char(n), bit(n); elements of array_fill(). */
  padding: count.default(10_000),
});

const tenantFilter = z.strictObject({
  schema: name,
  table: name,
  column: name,
  /** Key of `context.tenant` that holds the value. */
  value: name,
  /** Type to cast the value to, as SQL writes it (`integer`, `uuid`, `"Plan"`); absent: the column's own. */
  type: z.string().min(1).max(200).optional(),
});

/** Every rule of a guard. Unknown fields are refused, so that a misspelt rule never passes for a rule. */
export const guardPolicySchema = z.strictObject({
  version: z.literal(1),
  name: z.string().optional(),
  /** Schemas in which unqualified names are looked up. The session that runs the statement must use the same `search_path`. */
  searchPath: z.array(name).default(['public']),
  /** Schemas whose every relation may be read, but those named `pg_*`, which extensions put there. */
  schemas: z.array(name).default([]),
  tables: z.array(table).default([]),
  /** Relations that may not be read, whatever else allows them. A name `*` denies the schema. */
  denied: z.array(relation).default([]),
  /** `refuse` never lets `*` or a whole row read a relation; `allow` does where no column is hidden. */
  wildcards: z.enum(['allow', 'refuse']).default('allow'),
  functions: z.strictObject({ allow: z.array(qualified).default([]), deny: z.array(qualified).default([]) }).default({ allow: [], deny: [] }),
  operators: z.strictObject({ allow: z.array(qualified).default([]), deny: z.array(qualified).default([]) }).default({ allow: [], deny: [] }),
  types: z.strictObject({ allow: z.array(qualified).default([]), deny: z.array(qualified).default([]) }).default({ allow: [], deny: [] }),
  /** Names that may follow `(expression).` or the alias of a call whose columns only the server knows: fields that no function shadows. */
  compositeFields: z.array(name).default([]),
  extensions: z.array(z.strictObject({ name: z.enum(['postgis', 'pgvector', 'pg_trgm']), schema: name.default('public') })).default([]),
  limits: limits.default(limits.parse({})),
  /** Rows that `enforce` lets through; `null` for no cap. */
  maxRows: z.number().int().min(1).nullable().default(1_000),
  tenantFilters: z.array(tenantFilter).default([]),
  /** Parameters a statement may use: all, or these names. */
  parameters: z.union([z.literal('any'), z.array(name)]).default('any'),
});

export type GuardPolicy = z.output<typeof guardPolicySchema>;
export type GuardPolicyInput = z.input<typeof guardPolicySchema>;
export type Limits = GuardPolicy['limits'];
export type TenantFilter = GuardPolicy['tenantFilters'][number];
