import { describe, expect, it } from 'vitest';
import type { ModelContent } from '../model/model-port.js';
import { extractReply } from './extract-reply.js';

const text = (value: string) => extractReply([{ type: 'text', text: value }]);
const tool = (input: unknown): ModelContent => ({ type: 'tool-use', id: 't', name: 'answer_with_sql', input });

describe('a statement in a reply', () => {
  it.each([
    ['plain SQL', 'SELECT 1', 'SELECT 1', 'bare'],
    ['SQL with a semicolon', 'SELECT a FROM t;', 'SELECT a FROM t', 'bare'],
    ['a fence', 'Here:\n```sql\nSELECT 1;\n```\nDone.', 'SELECT 1', 'fence'],
    ['a fence of another name', '```postgresql\nSELECT 1\n```', 'SELECT 1', 'fence'],
    ['a fence without a name', '~~~\n-- count\nSELECT 1\n~~~', '-- count\nSELECT 1', 'fence'],
    ['a fence on one line', 'Use ```SELECT 1``` here.', 'SELECT 1', 'fence'],
    ['a fence that never closes', '```sql\nSELECT 1', 'SELECT 1', 'fence'],
    ['a fence beside another language', '```python\nprint(1)\n```\n```sql\nSELECT 1\n```', 'SELECT 1', 'fence'],
    ['prose with apostrophes around', "Let's count.\n\nSELECT count(*) FROM t WHERE n = 'O''Brien; x';\n\nThat's it, isn't it?", "SELECT count(*) FROM t WHERE n = 'O''Brien; x'", 'bare'],
    ['a label', 'SQL: SELECT 1', 'SELECT 1', 'bare'],
    ['a blank line inside', 'SELECT a\n\nFROM t\n\nThis lists a.', 'SELECT a\n\nFROM t', 'bare'],
    ['a common table expression', 'WITH x AS (SELECT 1) SELECT * FROM x', 'WITH x AS (SELECT 1) SELECT * FROM x', 'bare'],
    ['JSON', '{"sql":"SELECT 1;","confidence":0.5}', 'SELECT 1', 'json'],
    ['JSON after prose', 'Sure: {"sql": "SELECT \'{\' AS brace"} ok', "SELECT '{' AS brace", 'json'],
    ['JSON in a fence', '```json\n{"sql": "SELECT 1"}\n```', 'SELECT 1', 'json'],
    ['JSON with raw line breaks', '{"sql": "SELECT 1\nFROM t\t"}', 'SELECT 1\nFROM t', 'json'],
    ['JSON with a fence inside', JSON.stringify({ sql: '```sql\nSELECT 1;\n```' }), 'SELECT 1', 'json'],
    ['reasoning before', '<think>DROP TABLE x; {"sql":"no"}</think>\n{"sql":"SELECT 1"}', 'SELECT 1', 'json'],
    ['reasoning beside letters that change length in lower case', 'İİİ<THINK>DROP TABLE x;</Think>\n{"sql":"SELECT 1"}', 'SELECT 1', 'json'],
    ['several thoughts', '<think>a</think>{"sql":"SELECT 1"}<reasoning>DELETE FROM t</reasoning>', 'SELECT 1', 'json'],
    ['reasoning whose start is missing', 'maybe DELETE FROM x;\n</think>\nSELECT 1', 'SELECT 1', 'bare'],
  ])('is found in %s', (_name, reply, sql, form) => {
    expect(text(reply)).toMatchObject({ kind: 'statement', sql, form });
  });

  it('comes with its parameters, explanation and confidence', () => {
    expect(extractReply([tool({ sql: 'SELECT :a', parameters: { ':a': 'x', b: null, c: 1.5, d: true }, explanation: ' why ', confidence: '85' })])).toEqual({
      kind: 'statement', sql: 'SELECT :a', parameters: { a: 'x', b: null, c: 1.5, d: true }, explanation: 'why', confidence: 0.85, form: 'tool',
    });
  });

  it('is left whole when it holds several, for the guard to refuse', () => {
    expect(text('```sql\nSELECT 1; DROP TABLE t;\n```')).toMatchObject({ kind: 'statement', sql: 'SELECT 1; DROP TABLE t;' });
    expect(extractReply([tool({ sql: "SELECT ';'; DELETE FROM t" })])).toMatchObject({ sql: "SELECT ';'; DELETE FROM t" });
  });

  it.each(['DELETE FROM t', 'DROP TABLE t;', 'UPDATE t SET a = 1', 'INSERT INTO t VALUES (1)', 'COPY t TO PROGRAM \'x\''])('is taken even when it writes, so that the guard can say why not: %s', (sql) => {
    expect(text(`Done:\n${sql}`)).toMatchObject({ kind: 'statement', form: 'bare' });
  });
});

describe('a reply without one statement', () => {
  it.each([
    ['nothing', ''],
    ['reasoning only', '<think>hm</think>'],
    ['prose', 'Select the students table and count; with this you have it.'],
    ['two fences that differ', '```sql\nSELECT 1\n```\n```sql\nSELECT 2\n```'],
    ['two bare statements', 'SELECT 1;\n\nSELECT 2;'],
    ['two JSON documents that differ', '{"sql":"SELECT 1"} {"sql":"SELECT 2"}'],
    ['JSON with neither', '{"sql":"","abstain":null}'],
    ['a parameter that is a list', '{"sql":"SELECT 1","parameters":{"a":[1]}}'],
    ['fields of other types', '{"sql":["SELECT 1"]}'],
  ])('is none: %s', (_name, reply) => {
    expect(text(reply)).toMatchObject({ kind: 'none', reason: expect.stringMatching(/\.$/) });
  });

  it('is none for a tool call cut off in the middle', () => {
    expect(extractReply([tool('{"sql":"SELECT')])).toMatchObject({ kind: 'none' });
  });

  it('keeps an abstention and a question back, and takes a reply at its most careful word', () => {
    expect(text('{"abstain":"No weather here."}')).toEqual({ kind: 'abstention', reason: 'No weather here.' });
    expect(extractReply([tool({ clarification: 'Which year?' })])).toEqual({ kind: 'clarification', question: 'Which year?' });
    expect(extractReply([tool({ sql: 'SELECT 1', abstain: 'Not in the schema.' })])).toMatchObject({ kind: 'abstention' });
    expect(extractReply([tool({ sql: 'SELECT 1', abstain: 'none', clarification: '' })])).toMatchObject({ kind: 'statement' });
  });

  it.each(['{"sql":', '```', "SELECT '", '$$ ', '/* ', '<think>', 'SELECT 1;\n\n', '{{{{', '</think>', '<think></thinking>'])('takes time with the length of a hostile reply, not with its square: %j', (part) => {
    const cost = (length: number) => {
      const before = process.cpuUsage();
      text(part.repeat(Math.floor(length / part.length)));
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    cost(60_000);
    const [short, long] = [cost(30_000), cost(240_000)];
    // Eight times the length: a square would be 64 times the time. What takes no time at all needs no ratio.
    expect(long < 400 || long / Math.max(short, 1) < 32, `${short} ms, ${long} ms`).toBe(true);
  });
});
