import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface DemoResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface DemoTemplate {
  readonly Resources: Readonly<Record<string, DemoResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>>;
}

export interface SynthesizedDemo {
  readonly directory: string;
  /** By stack name. */
  readonly templates: Readonly<Record<string, DemoTemplate>>;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const demo = join(root, 'apps/demo-stack');

/** The functions' code has to be there before anything is synthesized. */
export function bundleFunctions(): void {
  run([join(root, 'packages/cdk-constructs/scripts/bundle-lambdas.mjs'), '--unless-fresh'], root, {});
}

/** Synthesizes the demonstration's own app with each front, in a process of its own as `cdk synth` does; one for all, as the CDK takes long to load. */
export function synthesizeDemos(fronts: readonly string[]): readonly SynthesizedDemo[] {
  const { context } = JSON.parse(readFileSync(join(demo, 'cdk.json'), 'utf8')) as { readonly context: Readonly<Record<string, unknown>> };
  const apps = fronts.map((front) => ({ outdir: mkdtempSync(join(tmpdir(), `ask-aurora-demo-${front}-`)), context: { ...context, '@aws-cdk/core:validateAgainstDefaultRules': false, front }, analyticsReporting: false }));
  const script = `const { createDemoApp } = await import('./src/demo-app.ts'); for (const props of ${JSON.stringify(apps)}) createDemoApp(props).synth();`;
  run(['--conditions=@ask-aurora/source', '--import', 'tsx', '--input-type=module', '--eval', script], demo, {});
  return apps.map(({ outdir: directory }) => {
    const names = readdirSync(directory).filter((name) => name.endsWith('.template.json'));
    return { directory, templates: Object.fromEntries(names.map((name) => [name.replace('.template.json', ''), JSON.parse(readFileSync(join(directory, name), 'utf8')) as DemoTemplate])) };
  });
}

function run(args: readonly string[], cwd: string, environment: Readonly<Record<string, string>>): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', ...environment } });
  if (status !== 0) throw new Error(`${args.join(' ')} exited with ${status}.\n${stderr}`);
}
