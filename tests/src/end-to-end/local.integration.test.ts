import { BedrockAgentRuntimeClient, InvokeAgentCommand } from '@aws-sdk/client-bedrock-agent-runtime';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { freshEnvironment, runCli, startCli } from './run-cli.js';

interface Description {
  readonly agent: { readonly id: string; readonly aliasId: string };
  readonly endpoints: Readonly<Record<string, string>>;
  readonly arns: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** Processes whose command line names the directory; only where /proc exists. */
function processesUsing(directory: string): readonly number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(directory);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function untilGone(directory: string): Promise<readonly number[]> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (processesUsing(directory).length === 0) return [];
    await sleep(100);
  }
  return processesUsing(directory);
}

describe.skipIf(process.platform !== 'linux')('local', () => {
  const environment = freshEnvironment();
  const dataDirectory = `/tmp/ask-aurora-e2e-${process.pid}`;
  let child: ChildProcess | null = null;

  async function start(): Promise<Description> {
    child = startCli(['local', '--json', '--data-directory', dataDirectory], environment);
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    const [line] = (await once(lines, 'line')) as [string];
    return JSON.parse(line) as Description;
  }

  afterEach(async () => {
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await untilGone(dataDirectory);
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('prints what points an unmodified AWS SDK at it, and leaves nothing behind at Ctrl-C', async () => {
    const description = await start();
    const saved = { ...process.env };
    Object.assign(process.env, description.environment);
    try {
      const client = new RDSDataClient({});
      const { records } = await client.send(
        new ExecuteStatementCommand({ resourceArn: description.arns['cluster'], secretArn: description.arns['readOnlySecret'], database: 'university', sql: 'SELECT count(*) FROM academics.students' }),
      );
      expect(Number(records?.[0]?.[0]?.longValue)).toBeGreaterThanOrEqual(500);
      const { completion } = await new BedrockAgentRuntimeClient({}).send(
        new InvokeAgentCommand({ agentId: description.agent.id, agentAliasId: description.agent.aliasId, sessionId: 'end-to-end', inputText: 'How many departments are there?', enableTrace: true }),
      );
      let text = '';
      let traces = 0;
      for await (const event of completion ?? []) {
        text += new TextDecoder().decode(event.chunk?.bytes);
        if (event.trace !== undefined) traces += 1;
      }
      expect(text).toMatch(/12/);
      expect(traces).toBeGreaterThan(2);
    } finally {
      process.env = saved;
    }
    expect(processesUsing(dataDirectory).length).toBeGreaterThan(0);
    child?.kill('SIGINT');
    const [exitCode] = (await once(child as ChildProcess, 'exit')) as [number];
    expect(exitCode).toBe(0);
    expect(await untilGone(dataDirectory)).toEqual([]);
  });

  it('leaves no PostgreSQL behind when it crashes, and a later start recovers', async () => {
    await start();
    child?.kill('SIGKILL');
    await once(child as ChildProcess, 'exit');
    expect(await untilGone(dataDirectory)).toEqual([]);
    const { exitCode, stdout } = await runCli(['ask', 'How many departments are there?', '--data-directory', dataDirectory], environment);
    expect(stdout).toMatch(/Guard accepted/);
    expect(exitCode).toBe(0);
  });
});
