// Installs the packed package with the oldest peers that it takes, and synthesizes every construct with them. Needs the
// npm registry, so it is a gate of .ci/run and not a test. Build the package first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleConsumerApp } from './bundle-consumer-app.mjs';

const house = join(dirname(fileURLToPath(import.meta.url)), '..');
const { peerDependencies } = JSON.parse(readFileSync(join(house, 'package.json'), 'utf8'));
const floors = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range.replace('^', '')}`);
const directory = mkdtempSync(join(tmpdir(), 'ask-aurora-floor-'));

const run = (command, args, cwd = directory) => {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${status}`);
};

try {
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', directory], house);
  writeFileSync(join(directory, 'package.json'), '{"name":"floor","private":true,"type":"module"}');
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...floors, join(directory, readdirSync(directory).find((name) => name.endsWith('.tgz')))]);
  const main = `
import { App } from 'aws-cdk-lib';
import { buildAllConstructs } from './all-constructs.js';
import { buildHardenedConstructs } from './hardened-constructs.js';
const app = new App({ outdir: 'out', analyticsReporting: false });
buildAllConstructs(app);
buildHardenedConstructs(app);
console.log(app.synth().stacks.length, 'stacks with', ${JSON.stringify(floors.join(' and '))});
`;
  writeFileSync(join(directory, 'app.mjs'), await bundleConsumerApp(main, 'esm'));
  run(process.execPath, ['app.mjs']);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
