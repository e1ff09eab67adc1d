import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleConsumerApp } from '../../scripts/bundle-consumer-app.mjs';

const house = join(dirname(fileURLToPath(import.meta.url)), '../..');
const workspaceModules = join(house, '../../node_modules');

/** What a consumer has besides this package: the peers, and what those depend on outside of their own bundles. */
const peers = ['aws-cdk-lib', 'constructs', '@aws-cdk/asset-awscli-v1', '@aws-cdk/asset-node-proxy-agent-v6', '@aws-cdk/cloud-assembly-schema'];

/** Refuses what synthesis must not need: the network, and any other program (esbuild, Docker, npm). */
const forbid = `
const refuse = (what) => () => { throw new Error('Synthesis must not use ' + what + '.'); };
for (const name of ['connect', 'createConnection']) { require('node:net')[name] = refuse('the network'); require('node:tls').connect = refuse('the network'); }
require('node:net').Socket.prototype.connect = refuse('the network');
require('node:dns').lookup = refuse('the network');
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) require('node:child_process')[name] = refuse('the program ' + name);
`;

export interface ConsumerProject {
  readonly directory: string;
  /** Files of the tarball, by path inside the package. */
  readonly packed: readonly string[];
  /** Synthesizes in a process of its own, in which what the CDK deprecated is an error; gives a digest of everything that was written, and the time it took. CloudFormation Validate takes most of it, so it runs only when asked for. */
  synthesize(format: 'esm' | 'cjs', validation?: boolean): Promise<{ readonly digest: string; readonly milliseconds: number; readonly stacks: readonly string[] }>;
  remove(): void;
}

/** Packs this package as npm would publish it, and installs the tarball into an empty project outside of the workspace. */
export async function createConsumerProject(): Promise<ConsumerProject> {
  const directory = mkdtempSync(join(tmpdir(), 'ask-aurora-consumer-'));
  const tarball = packPackage(join(directory, 'staging'));
  const packed = run('tar', ['-tzf', tarball], directory).split('\n').filter((line) => line !== '').map((line) => line.replace(/^package\//, ''));
  for (const peer of peers) {
    mkdirSync(dirname(join(directory, 'node_modules', peer)), { recursive: true });
    cpSync(join(workspaceModules, peer), join(directory, 'node_modules', peer), { recursive: true });
  }
  const version = (name: string): string => (JSON.parse(readFileSync(join(workspaceModules, name, 'package.json'), 'utf8')) as { version: string }).version;
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'consumer', private: true, dependencies: { 'aws-cdk-lib': version('aws-cdk-lib'), constructs: version('constructs') } }));
  run('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball], directory);
  writeFileSync(join(directory, 'forbid.cjs'), forbid);
  await writeApp(directory);
  return { directory, packed, synthesize: (format, validation = false) => synthesize(directory, format, validation), remove: () => { rmSync(directory, { recursive: true, force: true }); } };
}

/** The library is built anew, as the publishing build does but without the types, which are checked elsewhere. */
function packPackage(staging: string): string {
  mkdirSync(staging, { recursive: true });
  for (const name of ['package.json', 'README.md']) cpSync(join(house, name), join(staging, name));
  cpSync(join(house, 'dist', 'lambda'), join(staging, 'dist', 'lambda'), { recursive: true });
  run(process.execPath, [join(workspaceModules, 'tsup/dist/cli-default.js'), '--no-dts', '--no-clean', '--silent', '--out-dir', join(staging, 'dist')], house);
  return join(staging, run('npm', ['pack', '--silent', '--ignore-scripts'], staging).trim());
}

/** The app that has every construct, as JavaScript of the consumer's. */
async function writeApp(directory: string): Promise<void> {
  const main = `
import { App } from 'aws-cdk-lib';
import { buildAllConstructs } from './all-constructs.js';
import { buildHardenedConstructs } from './hardened-constructs.js';
const app = new App({ outdir: process.argv[2], analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
buildAllConstructs(app);
buildHardenedConstructs(app);
process.stdout.write(app.synth().stacks.map((stack) => stack.stackName).join());
`;
  for (const [format, name] of [['esm', 'app.mjs'], ['cjs', 'app.cjs']] as const) writeFileSync(join(directory, name), await bundleConsumerApp(main, format));
}

async function synthesize(directory: string, format: 'esm' | 'cjs', validation: boolean): ReturnType<ConsumerProject['synthesize']> {
  const output = mkdtempSync(join(directory, 'out-'));
  const begun = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', './forbid.cjs', format === 'esm' ? 'app.mjs' : 'app.cjs', output], {
    cwd: directory, env: { PATH: '/nonexistent', HOME: directory, TMPDIR: tmpdir(), CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_STACK_TRACE: '1', JSII_DEPRECATED: 'fail', ...(validation ? {} : { CDK_VALIDATION: 'false' }) },
  });
  const milliseconds = performance.now() - begun;
  const digest = createHash('sha256');
  for (const name of readdirSync(output).filter((each) => /\.(template|assets)\.json$/.test(each)).sort()) digest.update(name).update(readFileSync(join(output, name)));
  rmSync(output, { recursive: true });
  return { digest: digest.digest('hex'), milliseconds, stacks: stdout.split(',') };
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${String(status)}.\n${stdout}${stderr}`);
  return stdout;
}
