/** Which front a call came in by. Recorded, never decided upon: the rules are the same for all. */
export type Front = 'bedrock-classic' | 'agentcore' | 'mcp' | 'converse' | 'cli';

/** Who is asking. Fronts fill this from what they can trust; nothing a model wrote may end up here. */
export interface Caller {
  /** Limits are counted by session. */
  readonly sessionId: string;
  /** The authenticated identity, when the front knows one. */
  readonly principal: string | null;
  /** Attributes of the session, by name. Only those that the tenant policy declares are ever used. */
  readonly tenant: Readonly<Record<string, string>>;
  readonly front: Front;
}
