// How long a Lambda function takes from the start of its process to the answer to its first event, behind a local copy of
// Lambda's runtime interface. `npm run -w benchmarks cold-start -- [rounds]`; bundles are built first.
import { startLocalLambda, type LocalLambdaOptions } from '@ask-aurora/local-aws';
import { createArtifact } from '@ask-aurora/nl2sql';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const rounds = Number(process.argv[2] ?? 15);
const here = fileURLToPath(new URL('.', import.meta.url));
const directory = await mkdtemp(join(tmpdir(), 'ask-aurora-cold-'));

const event = (tool: string, parameters: Readonly<Record<string, string>>) => ({
  messageVersion: '1.0', sessionId: 'session-1', actionGroup: 'Group', function: tool, inputText: '',
  parameters: Object.entries(parameters).map(([name, value]) => ({ name, type: 'string', value })),
});
const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
const policy = JSON.stringify({ version: 1, tables: [{ schema: 'public', name: 'orders', columns: ['id'], columnsAreComplete: true }] });
const execute = { ...credentials, ASK_AURORA_RESOURCE_ARN: 'arn:aws:rds:us-east-1:000000000000:cluster:c', ASK_AURORA_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:s', ASK_AURORA_DATABASE: 'd', ASK_AURORA_POLICY: policy };

interface Subject {
  readonly name: string;
  readonly lambda: LocalLambdaOptions;
  readonly event: unknown;
}

try {
  const bundles = join(directory, 'bundles');
  await run(process.execPath, [fileURLToPath(new URL('../../../packages/agent-actions/scripts/bundle.mjs', import.meta.url)), '--out', bundles]);
  const place = async (file: string, text: string): Promise<string> => {
    const folder = await mkdtemp(join(directory, 'function-'));
    await writeFile(join(folder, file), text);
    return folder;
  };
  const schema = join(directory, 'schema.json');
  const column = { name: 'id', type: 'integer', nullable: false, comment: null };
  await writeFile(schema, JSON.stringify(createArtifact({ dialect: 'postgresql', serverVersion: '17', database: 'd', relations: [{ schema: 'public', name: 'orders', kind: 'table', comment: null, columns: [column] }] })));
  const python = await run('python3', ['-c', 'import boto3; print(boto3.__version__)']).then(({ stdout }) => stdout.trim(), () => undefined);
  const runtime = { command: 'python3', arguments: [join(here, 'python-runtime.py')] };

  const subjects: Subject[] = [
    { name: 'Node, empty handler', lambda: { code: await place('index.mjs', 'export const handler = async () => ({});') }, event: {} },
    { name: 'execute-query, a statement guarded', lambda: { code: join(bundles, 'execute-query'), environment: execute }, event: event('execute_query', { sql: 'DELETE FROM orders' }) },
    { name: 'generate-query, a question answered offline', lambda: { code: join(bundles, 'generate-query'), environment: { ...credentials, ASK_AURORA_MODEL_ID: 'offline', ASK_AURORA_SCHEMA_PATH: schema } }, event: event('generate_query', { question: 'How many orders are there?' }) },
    ...(python === undefined
      ? []
      : [
          { name: 'Python, empty handler', lambda: { code: await place('index.py', 'def handler(event, context):\n    return {}\n'), runtime }, event: {} },
          { name: `Python, boto3 ${python} and a client of rds-data`, lambda: { code: await place('index.py', "import boto3\nclient = boto3.client('rds-data', region_name='us-east-1')\ndef handler(event, context):\n    return {}\n"), runtime, environment: credentials }, event: {} },
        ]),
  ];

  const times = new Map<string, { readonly wall: number[]; readonly cpu: number[] }>(subjects.map(({ name }) => [name, { wall: [], cpu: [] }]));
  // Taken in turns, so that a busy moment of the machine falls on all of them.
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, lambda, event: first } of subjects) {
      const begun = performance.now();
      const started = await startLocalLambda(lambda);
      const outcome = await started.invoke(first);
      const took = performance.now() - begun;
      const cpu = await cpuMs(started.pid);
      await started.stop();
      if (!outcome.ok) throw new Error(`${name}: ${outcome.errorMessage}`);
      // The first round only fills the file cache.
      if (round > 0) {
        times.get(name)?.wall.push(took);
        times.get(name)?.cpu.push(cpu);
      }
    }
  }

  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const of = (name: string) => times.get(name) ?? { wall: [], cpu: [] };
  const empty = of('Node, empty handler');
  const load = loadavg()[0] ?? 0;
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, load ${load.toFixed(1)}, ${rounds} rounds`);
  if (python === undefined) console.log('Python with boto3 is not installed: its rows are left out.');
  console.log('| function | median ms | fastest ms | above an empty Node handler | CPU ms, median |\n|---|---|---|---|---|');
  for (const [name, { wall, cpu }] of times) console.log(`| ${name} | ${median(wall).toFixed(0)} | ${Math.min(...wall).toFixed(0)} | ${(median(wall) - median(empty.wall)).toFixed(0)} | ${median(cpu).toFixed(0)} |`);
  const above = Math.max(...subjects.slice(1, 3).map(({ name }) => median(of(name).wall) - median(empty.wall)));
  if (load > cpus().length) console.log(`The machine is busy (load ${load.toFixed(1)} on ${cpus().length} processors): the limit of 200 ms above an empty handler is not judged.`);
  else if (above > 200) {
    console.error(`A function took ${above.toFixed(0)} ms more than an empty handler; 200 are allowed.`);
    process.exitCode = 1;
  }
} finally {
  await rm(directory, { recursive: true, force: true });
}

/** Processor time that a process has used so far, where the system tells (Linux; in steps of 10 ms). */
async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
