/** One argument of an action. */
export interface ActionParameter {
  readonly name: string;
  readonly type: 'string' | 'object' | 'integer';
  /** Up to 500 characters. */
  readonly description: string;
  readonly required: boolean;
}

/** One of the two actions, as every front is told of it. */
export interface ActionTool {
  /** The tool's name, for fronts whose names are identifiers. */
  readonly name: 'generate_query' | 'execute_query';
  /** The action group's name, the operation's path and the directory of its code. */
  readonly slug: 'generate-query' | 'execute-query';
  /** Up to 200 characters. */
  readonly summary: string;
  /** Up to 1,200 characters. */
  readonly description: string;
  readonly parameters: readonly ActionParameter[];
}

/** The two actions. Their texts are those of agent-actions, which a test compares. */
export const generateQueryTool: ActionTool = {
  name: 'generate_query',
  slug: 'generate-query',
  summary: 'Writes one read-only SQL statement that answers a question about the database.',
  description:
    'Writes one read-only SQL statement that answers a question about the database. Gives the statement and the values of its parameters, or a question back when the request is ambiguous, or a reason why it cannot be answered. Does not run the statement.',
  parameters: [
    { name: 'question', type: 'string', required: true, description: 'The question in plain language, complete in itself: no "it" or "those" that refer to earlier messages.' },
  ],
};

export const executeQueryTool: ActionTool = {
  name: 'execute_query',
  slug: 'execute-query',
  summary: 'Runs one read-only SQL statement and gives its columns and rows.',
  description:
    'Runs one read-only SQL statement and gives its columns and rows. Pass the statement and the parameter values of generate_query unchanged. A refusal or a failure says what to change.',
  parameters: [
    { name: 'sql', type: 'string', required: true, description: 'One SELECT statement in the PostgreSQL dialect, with :name for each parameter.' },
    { name: 'parameters', type: 'object', required: false, description: 'The value of each :name parameter of the statement.' },
    { name: 'max_rows', type: 'integer', required: false, description: 'The most rows to give.' },
  ],
};
