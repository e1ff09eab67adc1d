import { spawn } from 'node:child_process';
import { LocalAwsError } from '../local-aws-error.js';
import { nodeRuntime } from './node-runtime.js';
import { startRuntimeApi, type InvocationOutcome } from './runtime-api.js';

/** A function as it would be deployed. */
export interface LocalLambdaOptions {
  /** The directory of the function's code. */
  readonly code: string;
  /** File and export. @default 'index.handler' */
  readonly handler?: string;
  /** @default 'local-function' */
  readonly name?: string;
  /** The function's own environment; of this process's it gets nothing but PATH. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The program that runs it, when not this Node. It finds the interface in AWS_LAMBDA_RUNTIME_API, as Lambda's own runtimes do. */
  readonly runtime?: { readonly command: string; readonly arguments: readonly string[] };
  /** Whether invocations are sampled by X-Ray; their segments go to AWS_XRAY_DAEMON_ADDRESS. @default false */
  readonly isTraced?: boolean;
  /** Milliseconds for its start. @default 10_000 */
  readonly startTimeoutMs?: number;
  /** Gets what the function writes to its standard output and error. @default nothing is kept */
  readonly onOutput?: (text: string) => void;
}

/** A running function. */
export interface LocalLambda {
  readonly pid: number;
  /** Milliseconds from the start of the process until the runtime asked for its first event. */
  readonly startMs: number;
  invoke(event: unknown, options?: { readonly clientContext?: unknown; readonly timeoutMs?: number }): Promise<InvocationOutcome>;
  stop(): Promise<void>;
}

/**
 * Runs a Lambda function's code in a process of its own, behind Lambda's runtime interface.
 * @throws LocalAwsError `lambda-failed` when the process ends, or asks for no event in time
 */
export async function startLocalLambda(options: LocalLambdaOptions): Promise<LocalLambda> {
  const { code, handler = 'index.handler', name = 'local-function', startTimeoutMs = 10_000, onOutput } = options;
  const api = await startRuntimeApi(`arn:aws:lambda:us-east-1:000000000000:function:${name}`, options.isTraced ?? false);
  const runtime = options.runtime ?? { command: process.execPath, arguments: ['--input-type=module', '--eval', nodeRuntime] };
  const begun = performance.now();
  const child = spawn(runtime.command, runtime.arguments, {
    cwd: code,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], AWS_LAMBDA_RUNTIME_API: api.address, _HANDLER: handler, LAMBDA_TASK_ROOT: code, AWS_LAMBDA_FUNCTION_NAME: name, AWS_REGION: 'us-east-1', AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x', ...options.environment },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => onOutput?.(text));
  const stop = async () => {
    child.kill('SIGKILL');
    await gone;
    await api.stop();
  };
  let timer: NodeJS.Timeout | undefined;
  const started = await Promise.race([
    api.ready.then(() => true),
    gone.then(() => false),
    new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), startTimeoutMs);
    }),
  ]);
  clearTimeout(timer);
  if (!started) {
    await stop();
    throw new LocalAwsError('lambda-failed', `The function ${name} did not start.`);
  }
  void gone.then(() => api.fail('The process of the function ended.'));
  return { pid: child.pid ?? 0, startMs: performance.now() - begun, invoke: (event, { clientContext, timeoutMs = 30_000 } = {}) => api.invoke(event, { clientContext, timeoutMs }), stop };
}
