import type { ActionTool } from '../query-actions/action-tools.js';

/** The OpenAPI document of one action: a POST on `/<slug>` whose JSON body holds the arguments. */
export function openApiSchema(tool: ActionTool): string {
  const properties = Object.fromEntries(tool.parameters.map(({ name, type, description }) => [name, { type, description }]));
  return JSON.stringify({
    openapi: '3.0.0',
    info: { title: tool.slug, version: '1.0.0', description: tool.description },
    paths: {
      [`/${tool.slug}`]: {
        post: {
          operationId: tool.name,
          description: tool.description,
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { type: 'object', properties, required: tool.parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name) } } },
          },
          responses: { 200: { description: 'The outcome, as one JSON object', content: { 'application/json': { schema: { type: 'object' } } } } },
        },
      },
    },
  });
}
