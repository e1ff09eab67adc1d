import { z } from 'zod';

const parameterValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Fronts whose parameters are all text send the values as one JSON object in text. */
const parameterValues = z.preprocess((value, context) => {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return {};
  try {
    return JSON.parse(value) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'has to be a JSON object of values by parameter name' });
    return z.NEVER;
  }
}, z.record(z.string(), parameterValue));

/** What generate_query takes. */
export const generateQueryArguments = z.object({ question: z.string() });

/** A whole number, or its digits as text: fronts whose parameters are all text send those. */
const rowLimit = z.union([z.number(), z.string().regex(/^\d{1,9}$/, 'has to be a whole number').transform(Number)]).pipe(z.int().min(1));

/** Models say null of what they leave out. */
const leftOut = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);

/** What execute_query takes. */
export const executeQueryArguments = z.object({ sql: z.string(), parameters: leftOut(parameterValues), max_rows: leftOut(rowLimit) });

/** The names of the tools, the same on every front. */
export type ActionToolName = 'generate_query' | 'execute_query';

/** A tool as models are told of it; `inputSchema` is a JSON Schema. */
export interface ActionTool {
  readonly name: ActionToolName;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** The two tools. Texts keep within Bedrock's limits: 1,200 characters for a function, 500 for a parameter. */
export const actionTools: readonly ActionTool[] = [
  {
    name: 'generate_query',
    description:
      'Writes one read-only SQL statement that answers a question about the database. Gives the statement and the values of its parameters, or a question back when the request is ambiguous, or a reason why it cannot be answered. Does not run the statement.',
    inputSchema: {
      type: 'object',
      properties: { question: { type: 'string', description: 'The question in plain language, complete in itself: no "it" or "those" that refer to earlier messages.' } },
      required: ['question'],
      additionalProperties: false,
    },
  },
  {
    name: 'execute_query',
    description:
      'Runs one read-only SQL statement and gives its columns and rows. Pass the statement and the parameter values of generate_query unchanged. A refusal or a failure says what to change.',
    inputSchema: {
      type: 'object',
      properties: {
        sql: { type: 'string', description: 'One SELECT statement in the PostgreSQL dialect, with :name for each parameter.' },
        parameters: { type: 'object', description: 'The value of each :name parameter of the statement.', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
        max_rows: { type: 'integer', minimum: 1, description: 'The most rows to give.' },
      },
      required: ['sql'],
      additionalProperties: false,
    },
  },
];

/** The tool of a name as a front spells it: `generate_query`, `generate-query`, `/generate-query`, `generateQuery`. */
export function actionToolNamed(name: string): ActionToolName | undefined {
  const plain = name.replace(/^\//, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('-', '_');
  return plain === 'generate_query' || plain === 'execute_query' ? plain : undefined;
}
