import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * How long both stacks of the demonstration take to synthesize, in a process of its own each time, as `cdk synth` runs
 * the app: from source through tsx with the built constructs, CloudFormation Validate included and without it.
 * Build the constructs first: `npm run build -w @ask-aurora/cdk-constructs`.
 */
const rounds = Number(process.argv[2] ?? 7);
const demo = fileURLToPath(new URL('../../../apps/demo-stack', import.meta.url));
const { context } = JSON.parse(readFileSync(join(demo, 'cdk.json'), 'utf8')) as { readonly context: unknown };

for (const [name, environment] of [['with CloudFormation Validate', {}], ['without', { CDK_VALIDATION: 'false' }]] as const) {
  const times = Array.from({ length: rounds }, () => synthesize(environment)).sort((left, right) => left - right);
  console.log(`${name}: median ${Math.round(times[Math.floor(rounds / 2)] ?? 0)} ms, least ${Math.round(times[0] ?? 0)} ms, most ${Math.round(times.at(-1) ?? 0)} ms of ${rounds} runs`);
}

function synthesize(environment: Readonly<Record<string, string>>): number {
  const output = mkdtempSync(join(tmpdir(), 'ask-aurora-synth-'));
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: demo, encoding: 'utf8', env: { ...process.env, ...environment, CDK_OUTDIR: output, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  const milliseconds = performance.now() - begun;
  rmSync(output, { recursive: true, force: true });
  if (status !== 0) throw new Error(stderr);
  return milliseconds;
}
