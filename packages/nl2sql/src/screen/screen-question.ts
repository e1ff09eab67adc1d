import { holdsInjection } from './injection-rule.js';
import { normalizeQuestion } from './normalize-question.js';
import { holdsSqlWrite } from './sql-write-rule.js';
import { asksToWrite } from './write-request-rule.js';

export interface ScreenOptions {
  /** Characters at most. @default 2000 */
  readonly maxLength?: number;
  /** Rules of the operator after the built-in ones: returns why a question is refused, or null. */
  readonly extraRules?: readonly { readonly rule: string; readonly refuse: (question: string) => string | null }[];
}

export type ScreenRule = 'empty' | 'too-long' | 'control-characters' | 'sql-write' | 'write-request' | 'injection';

export type ScreenVerdict = { readonly ok: true } | { readonly ok: false; readonly rule: ScreenRule | (string & {}); readonly reason: string };

/**
 * Decides whether a question may be asked at all. It goes by what words mean where they stand: "Delete all students" is
 * refused, "Which accounts were deleted?" and "executive grants updated last week" pass. The screen saves a model call and
 * tells people early; the guard and the database role hold without it.
 *
 * @example
 * screenQuestion('Please remove all students') // { ok: false, rule: 'write-request', reason: '..' }
 */
export function screenQuestion(question: string, options: ScreenOptions = {}): ScreenVerdict {
  const { maxLength = 2_000, extraRules = [] } = options;
  if (question.length > maxLength) return refuse('too-long', `The question is longer than ${maxLength} characters.`);
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(question) || !isWellFormed(question)) return refuse('control-characters', 'The question holds control characters or broken Unicode.');
  const { text, spoken, quoted } = normalizeQuestion(question);
  if (!/[\p{L}\p{N}]/u.test(text)) return refuse('empty', 'There is no question.');
  if (holdsSqlWrite(text, spoken, quoted)) return refuse('sql-write', 'The text holds an SQL statement that changes data. Only reading is possible here.');
  if (asksToWrite(spoken)) return refuse('write-request', 'This asks to change data. Only reading is possible here.');
  if (holdsInjection(spoken)) return refuse('injection', 'The text gives orders to the assistant instead of asking about data.');
  for (const { rule, refuse: check } of extraRules) {
    const reason = check(question);
    if (reason !== null) return { ok: false, rule, reason };
  }
  return { ok: true };
}

function refuse(rule: ScreenRule, reason: string): ScreenVerdict {
  return { ok: false, rule, reason };
}

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}
