const fronts = ['classic', 'agentcore', 'none'] as const;

/** What calls the two actions: an agent of Bedrock Agents Classic, an AgentCore Gateway, or nothing that is deployed. */
export type AgentFront = (typeof fronts)[number];

/** @throws Error for a value that is none of them */
export function parseAgentFront(value: unknown): AgentFront {
  const front = fronts.find((each) => each === value);
  if (front === undefined) throw new Error(`The context value "front" must be one of ${fronts.join(', ')}; it is ${JSON.stringify(value)}.`);
  return front;
}
