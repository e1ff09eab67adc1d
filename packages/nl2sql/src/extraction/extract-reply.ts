import type { ModelContent } from '../model/model-port.js';
import type { ParameterValue } from '../pipeline/parameter-value.js';
import { bareStatements } from './bare-statement.js';
import { fencedBlocks } from './fenced-blocks.js';
import { jsonObjectsIn, parseLenientJson } from './lenient-json.js';
import { readReplyDocument, type ReplyDocument } from './reply-document.js';
import { splitStatements } from './split-statements.js';
import { withoutReasoning } from './without-reasoning.js';

/** The statement of a reply as the model wrote it: nothing has checked it yet. */
export interface ExtractedStatement {
  readonly kind: 'statement';
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly explanation: string;
  /** 0..1; null when the model gave none. */
  readonly confidence: number | null;
  readonly form: 'tool' | 'json' | 'fence' | 'bare';
}

export type ExtractedReply =
  | ExtractedStatement
  | { readonly kind: 'abstention'; readonly reason: string }
  | { readonly kind: 'clarification'; readonly question: string }
  /** `reason` is written for the model: it goes back to it in the repair. */
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Finds the one statement of a model's reply, in the order of how plainly it is given: a tool call, JSON, a fence, bare
 * SQL in prose. Two statements that differ are none: picking one would be a guess.
 *
 * @example
 * extractReply([{ type: 'text', text: 'Sure!\n```sql\nSELECT 1;\n```' }]) // { kind: 'statement', sql: 'SELECT 1', form: 'fence', .. }
 */
export function extractReply(content: readonly ModelContent[]): ExtractedReply {
  const toolReplies = content.flatMap((block) => (block.type === 'tool-use' ? [block.input] : []));
  if (toolReplies.length > 0) return fromDocuments(toolReplies.map(toolDocument), 'tool') ?? { kind: 'none', reason: 'The input of the tool call is not of the given schema.' };
  const text = withoutReasoning(content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n'));
  if (text.trim() === '') return { kind: 'none', reason: 'The reply is empty.' };
  return fromDocuments(jsonObjectsIn(text).map(readReplyDocument), 'json') ?? fromFences(text) ?? fromProse(text);
}

function toolDocument(input: unknown): ReplyDocument | null {
  const value = typeof input === 'string' ? parseLenientJson(input) : input;
  return readReplyDocument(value);
}

function fromDocuments(documents: readonly (ReplyDocument | null)[], form: 'tool' | 'json'): ExtractedReply | null {
  const said = documents.filter((document) => document !== null);
  const first = said[0];
  if (first === undefined) return null;
  const careful = said.find((document) => document.kind === 'abstention' || document.kind === 'clarification');
  if (careful !== undefined) return careful.kind === 'abstention' || careful.kind === 'clarification' ? careful : null;
  const statements = said.filter((document) => document.kind === 'statement');
  const statement = statements[0];
  if (statement === undefined) return first.kind === 'invalid' ? { kind: 'none', reason: first.reason } : null;
  if (distinct(statements.map(({ sql }) => sql)).length > 1) return several;
  return { ...statement, sql: unwrapped(statement.sql), form };
}

function fromFences(text: string): ExtractedReply | null {
  const statements = distinct(fencedBlocks(text).filter(isSqlFence).map(({ body }) => body));
  const sql = statements[0];
  if (sql === undefined) return null;
  if (statements.length > 1) return several;
  return { kind: 'statement', sql: withoutSemicolon(sql), parameters: {}, explanation: proseOf(text), confidence: null, form: 'fence' };
}

function fromProse(text: string): ExtractedReply {
  const statements = distinct(bareStatements(text));
  const sql = statements[0];
  if (sql === undefined) return { kind: 'none', reason: 'The reply holds no statement.' };
  if (statements.length > 1) return several;
  return { kind: 'statement', sql: withoutSemicolon(sql), parameters: {}, explanation: '', confidence: null, form: 'bare' };
}

const several: ExtractedReply = { kind: 'none', reason: 'The reply holds several statements. Give exactly one SELECT.' };

function isSqlFence({ language, body }: { readonly language: string; readonly body: string }): boolean {
  if (/^(?:sql|postgres(?:ql)?|pgsql|plpgsql|mysql|ansi)$/i.test(language)) return body.trim() !== '';
  return language === '' && /^\s*(?:--[^\n]*\n\s*)*\(*\s*(?:SELECT|WITH|VALUES|TABLE|INSERT|UPDATE|DELETE|DROP|ALTER|TRUNCATE|CREATE|GRANT|EXPLAIN)\b/i.test(body);
}

/** SQL inside a JSON string may itself be fenced. */
function unwrapped(sql: string): string {
  const fence = fencedBlocks(sql)[0];
  return withoutSemicolon(fence === undefined ? sql : fence.body);
}

/** Drops the last semicolon when it only ends the one statement; several statements stay as they are, for the guard to refuse. */
function withoutSemicolon(sql: string): string {
  const statements = splitStatements(sql);
  return statements.length === 1 && statements[0] !== undefined ? statements[0] : sql.trim();
}

function distinct(statements: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const statement of statements) {
    const key = withoutSemicolon(statement).replace(/\s+/g, ' ').trim();
    if (key !== '' && !seen.has(key)) seen.set(key, statement);
  }
  return [...seen.values()];
}

function proseOf(text: string): string {
  return text
    .replace(/(?:```|~~~)[\s\S]*?(?:```|~~~|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 600);
}
