import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The environment of somebody who has configured nothing: an empty home, no AWS, no model. */
export function freshEnvironment(): NodeJS.ProcessEnv {
  const home = mkdtempSync(join(tmpdir(), 'ask-aurora-home-'));
  // For root, PostgreSQL runs as another user, who has to get there.
  chmodSync(home, 0o755);
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|ASK_AURORA_|XDG_|VITEST|NODE_OPTIONS)/.test(name));
  return { ...Object.fromEntries(kept), HOME: home, XDG_CACHE_HOME: join(home, '.cache'), NO_COLOR: '1' };
}

/** Starts the command line from its sources, as `npm run ask-aurora` does. */
export function startCli(args: readonly string[], environment: NodeJS.ProcessEnv, stdin?: string): ChildProcess {
  const child = spawn(process.execPath, ['tools/run-cli.mjs', ...args], { cwd: root, env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin?.end(stdin ?? '');
  return child;
}

export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line to its end. */
export async function runCli(args: readonly string[], environment: NodeJS.ProcessEnv, stdin?: string): Promise<CliRun> {
  const child = startCli(args, environment, stdin);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exitCode = await new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  return { exitCode, stdout, stderr };
}
