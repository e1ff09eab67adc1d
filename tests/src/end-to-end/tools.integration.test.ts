import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { parseArtifact, parseReport } from '@ask-aurora/nl2sql';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { freshEnvironment, runCli } from './run-cli.js';

const environment = freshEnvironment();
const home = environment['HOME'] ?? '';
const root = fileURLToPath(new URL('../../../', import.meta.url));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe.sequential('introspect, eval and mcp', { timeout: 120_000 }, () => {
  it('writes a schema artifact with an overlay merged in', async () => {
    const overlay = join(home, 'overlay.yaml');
    const out = join(home, 'artifact.json');
    writeFileSync(overlay, 'formatVersion: 1\nrelations:\n  academics.students:\n    synonyms: [pupils]\n');
    const { exitCode, stderr } = await runCli(['introspect', '--schema', 'academics', '--overlay', overlay, '--out', out], environment);
    expect(stderr).not.toMatch(/error/);
    expect(exitCode).toBe(0);
    const artifact = parseArtifact(JSON.parse(readFileSync(out, 'utf8')));
    expect(artifact.relations.map(({ name }) => name).sort()).toEqual(['courses', 'departments', 'enrollments', 'students']);
    expect(artifact.relations.find(({ name }) => name === 'students')?.synonyms).toContain('pupils');
  });

  it('writes nothing when the overlay does not fit', async () => {
    const overlay = join(home, 'wrong.yaml');
    const out = join(home, 'never.json');
    writeFileSync(overlay, 'formatVersion: 1\nrelations:\n  academics.dragons:\n    synonyms: [wyrms]\n');
    const { exitCode, stderr } = await runCli(['introspect', '--overlay', overlay, '--out', out], environment);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/dragons/);
    expect(existsSync(out)).toBe(false);
  });

  it('evaluates a dataset and compares two runs', async () => {
    const dataset = join(home, 'cases.jsonl');
    const report = join(home, 'report.json');
    const html = join(home, 'report.html');
    const cases = [
      { id: 'count', database: 'university', question: 'How many departments are there?', expect: { kind: 'rows', sql: 'SELECT count(*) FROM academics.departments' } },
      { id: 'wrong', database: 'university', question: 'How many departments are there?', expect: { kind: 'rows', sql: 'SELECT count(*) + 1 FROM academics.departments' } },
      { id: 'abstain', database: 'sales', question: 'What is the weather tomorrow?', expect: { kind: 'abstain' } },
    ];
    writeFileSync(dataset, cases.map((entry) => JSON.stringify(entry)).join('\n'));
    const first = await runCli(['eval', dataset, '--out', report], environment);
    expect(first.exitCode).toBe(0);
    const results = parseReport(JSON.parse(readFileSync(report, 'utf8'))).results;
    expect(Object.fromEntries(results.map(({ id, correct }) => [id, correct]))).toEqual({ count: true, wrong: false, abstain: true });
    const second = await runCli(['eval', dataset, '--out', join(home, 'second.json'), '--html', html, '--baseline', report], environment);
    expect(JSON.parse(second.stdout)).toHaveProperty('comparison');
    expect(readFileSync(html, 'utf8')).toMatch(/<html/);
  });

  it('goes on with an interrupted evaluation, and reads the files of other benchmarks', async () => {
    const log = join(home, 'run.jsonl');
    const dataset = join(home, 'questions.csv');
    writeFileSync(dataset, 'question,query,db_name,query_category\nHow many departments are there?,SELECT count(*) FROM academics.departments;,university,count\nHow many students are there?,SELECT count(*) FROM academics.students;,university,count\n');
    const run = () => runCli(['eval', dataset, '--format', 'defog', '--log', log, '--out', join(home, 'third.json')], environment);
    const first = await run();
    expect([first.exitCode, JSON.parse(first.stdout)]).toEqual([0, expect.objectContaining({ cases: 2, correct: 1 })]);
    const [kept = '', other = ''] = readFileSync(log, 'utf8').trimEnd().split('\n');
    writeFileSync(log, `${kept}\n${other.slice(0, 40)}`);
    const second = await run();
    expect(JSON.parse(second.stdout)).toMatchObject({ cases: 2, correct: 1 });
    const ids = readFileSync(log, 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids).toEqual(['questions-0', 'questions-1']);
  });

  it('serves an MCP client over stdio', async () => {
    const transport = new StdioClientTransport({ command: process.execPath, args: [join(root, 'tools/run-cli.mjs'), 'mcp'], env: Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined)), cwd: root });
    const client = new Client({ name: 'end-to-end', version: '1.0.0' });
    await client.connect(transport);
    try {
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name).sort()).toEqual(['ask', 'describe_schema', 'execute_query', 'generate_query']);
      const answer = await client.callTool({ name: 'ask', arguments: { question: 'How many departments are there?' } });
      expect(JSON.stringify(answer.content)).toMatch(/12/);
      const refused = await client.callTool({ name: 'execute_query', arguments: { sql: 'DELETE FROM academics.students' } });
      expect(refused.isError).toBe(true);
    } finally {
      await client.close();
    }
  });

  it('serves an MCP client over HTTP that has the token, and no other', async () => {
    const child = spawn(process.execPath, [join(root, 'tools/run-cli.mjs'), 'mcp', '--http', '--allow-origin', 'http://localhost:6274'], { env: { ...environment, ASK_AURORA_MCP_TOKEN: 'a-token' }, cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = once(child, 'exit');
    try {
      const [line] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer | number];
      expect(line, 'the server has ended').toBeInstanceOf(Buffer);
      const url = new URL(String(line).trim());
      expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
      expect((await fetch(url, { method: 'OPTIONS', headers: { origin: 'http://localhost:6274' } })).status).toBe(204);
      expect((await fetch(url, { method: 'OPTIONS', headers: { origin: 'http://localhost:9' } })).status).toBe(403);
      const client = new Client({ name: 'end-to-end', version: '1.0.0' });
      await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers: { authorization: 'Bearer a-token' } } }) as Parameters<Client['connect']>[0]);
      expect(JSON.stringify(await client.callTool({ name: 'ask', arguments: { question: 'How many departments are there?' } }))).toMatch(/12/);
      await client.close();
    } finally {
      child.kill('SIGINT');
      await ended;
    }
  });
});
