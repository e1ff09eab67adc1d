import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createConsumerProject } from './testing/consumer-project.js';
import type { ConsumerProject } from './testing/consumer-project.js';

describe('the packed package, installed in an empty project', () => {
  let consumer: ConsumerProject;

  beforeAll(async () => {
    consumer = await createConsumerProject();
  }, 480_000);
  afterAll(() => {
    consumer.remove();
  });

  test('brings its functions, and neither tests nor their fixtures', () => {
    for (const name of ['generate-query', 'execute-query', 'read-only-role', 'rotate-secret', 'introspect-schema', 'vector-store']) expect(consumer.packed).toContain(`dist/lambda/${name}/index.mjs`);
    expect(consumer.packed.filter((path) => /\.test\.|testing\//.test(path))).toEqual([]);
    expect(existsSync(join(consumer.directory, 'node_modules/esbuild'))).toBe(false);
    expect(readdirSync(join(consumer.directory, 'node_modules/@ask-aurora'))).toEqual(['cdk-constructs']);
  });

  test('synthesizes every construct byte for byte the same in ten processes, as ESM and as CommonJS, without network, credentials, esbuild, Docker or any other program', async () => {
    const digests = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      const results = await Promise.all([consumer.synthesize(round % 2 === 0 ? 'esm' : 'cjs'), consumer.synthesize('esm')]);
      for (const { digest, stacks } of results) {
        digests.add(digest);
        expect([...stacks].sort()).toEqual(['Agents', 'Database', 'Existing', 'Hardened', 'Mysql']);
      }
    }
    digests.add((await consumer.synthesize('cjs', true)).digest);
    expect(digests.size).toBe(1);
  }, 480_000);

  test('these checks can fail: a program that is called, a connection that is opened, a deprecated prop and a template that varies are found', async () => {
    const app = readFileSync(join(consumer.directory, 'app.mjs'), 'utf8');
    const withLine = async (line: string): Promise<string> => {
      writeFileSync(join(consumer.directory, 'app.mjs'), `${line}\n${app}`);
      return consumer.synthesize('esm').then(({ digest }) => digest, (error: unknown) => String(error));
    };
    expect(await withLine("import { spawnSync } from 'node:child_process'; import { syncBuiltinESMExports } from 'node:module'; syncBuiltinESMExports(); (await import('node:child_process')).default.spawnSync('esbuild');")).toMatch(/must not use the program spawnSync/);
    expect(await withLine("import net from 'node:net'; net.connect(443, 'example.com');")).toMatch(/must not use the network/);
    expect(await withLine("import { App as B, Stack as T } from 'aws-cdk-lib'; import { Vpc as V } from 'aws-cdk-lib/aws-ec2'; new V(new T(new B(), 'Old'), 'Vpc', { cidr: '10.0.0.0/16' });")).toMatch(/VpcProps#cidr is deprecated/);
    const varying = "import { Stack as S, App as A } from 'aws-cdk-lib'; const make = A.prototype.synth; A.prototype.synth = function (...a) { new S(this, 'Varying', { description: String(Math.random()) }); return make.apply(this, a); };";
    expect(await withLine(varying)).not.toBe(await withLine(varying));
  }, 480_000);
});
