import type { ModelTool } from '../model/model-port.js';

/** The tool by which a model gives its statement, its abstention or its question back. */
export const replyTool: ModelTool = {
  name: 'answer_with_sql',
  description: 'Give the one SELECT statement that answers the question, or say why there is none, or ask which of several readings is meant.',
  inputSchema: {
    type: 'object',
    properties: {
      sql: { type: 'string', description: 'One SELECT statement without a trailing semicolon. Leave out when abstaining or asking.' },
      parameters: { type: 'object', description: 'A value for each :name in the statement; usually empty, as values stand in the statement itself.', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
      explanation: { type: 'string', description: 'One sentence for the asker: what is counted or listed, from which tables, under which assumptions.' },
      confidence: { type: 'number', minimum: 0, maximum: 1, description: 'How likely the statement answers what was asked.' },
      abstain: { type: 'string', description: 'Why the schema cannot answer the question. Leave out when there is a statement.' },
      clarification: { type: 'string', description: 'A question back to the asker when readings differ in their result. Leave out when there is a statement.' },
    },
    additionalProperties: false,
  },
};

/** The same contract for models that reply in text. */
export const replyFormat = [
  'Reply with one JSON object and nothing else:',
  '{"sql": "SELECT ..", "parameters": {}, "explanation": "one sentence for the asker", "confidence": 0.0 to 1.0}',
  'or {"abstain": "why the schema cannot answer"} when the schema does not hold what is asked for,',
  'or {"clarification": "a question back"} when readings differ in their result.',
].join('\n');
