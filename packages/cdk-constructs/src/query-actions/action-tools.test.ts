import { actionToolNamed, actionTools, defaultAgentInstruction as instructionOfActions } from '@ask-aurora/agent-actions';
import { expect, test } from 'vitest';
import { defaultAgentInstruction } from '../agent/agent-instruction.js';
import { openApiSchema } from '../agent/open-api-schema.js';
import { executeQueryTool, generateQueryTool } from './action-tools.js';

const tools = [generateQueryTool, executeQueryTool];

test('the actions that are deployed are those of agent-actions, word for word', () => {
  const deployed = tools.map(({ name, description, parameters }) => ({
    name, description,
    parameters: parameters.map((parameter) => ({ name: parameter.name, type: parameter.type, description: parameter.description })),
    required: parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name),
  }));
  const implemented = actionTools.map(({ name, description, inputSchema }) => ({
    name, description,
    parameters: Object.entries(inputSchema['properties'] as Record<string, { type: string; description: string }>).map(([parameter, { type, description: text }]) => ({ name: parameter, type, description: text })),
    required: inputSchema['required'],
  }));
  expect(deployed).toEqual(implemented);
  expect(defaultAgentInstruction).toBe(instructionOfActions);
});

test.each(tools)("the path of $slug is one that the function knows, and texts keep within Bedrock's limits", (tool) => {
  const document = JSON.parse(openApiSchema(tool)) as { paths: Record<string, unknown> };
  expect(Object.keys(document.paths).map(actionToolNamed)).toEqual([tool.name]);
  expect(tool.summary.length).toBeLessThanOrEqual(200);
  expect(tool.description.length).toBeLessThanOrEqual(1200);
  expect(tool.parameters.length).toBeLessThanOrEqual(5);
  for (const parameter of tool.parameters) expect(parameter.description.length).toBeLessThanOrEqual(500);
});
