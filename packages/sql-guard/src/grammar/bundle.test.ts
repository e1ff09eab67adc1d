import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embedWasm } from '../../scripts/embed-wasm.mjs';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sql-guard-bundle-'));
  await build({
    entryPoints: [fileURLToPath(new URL('../index.ts', import.meta.url))], bundle: true, format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], outfile: join(folder, 'index.mjs'), plugins: [embedWasm()],
    external: ['node:*', 'node-sql-parser', '@guanmingchiu/sqlparser-ts'], logLevel: 'error',
  });
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const judged = (before: string): string => {
  const program = `${before}
    const { createGuard } = await import(${JSON.stringify(pathToFileURL(join(folder, 'index.mjs')).href)});
    const verdicts = [];
    for (const version of [16, 17, 18]) {
      const guard = await createGuard({ version, policy: { version: 1, schemas: ['public'] } });
      verdicts.push(guard.check('SELECT count(*) FROM orders').ok, guard.check('SELECT pg_sleep(1)').ok);
    }
    console.log(verdicts.join());`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, encoding: 'utf8' });
  return stdout.trim() || stderr;
};

describe('a bundle of one file, away from node_modules', () => {
  it('guards in Node', () => {
    expect(judged('')).toBe('true,false,true,false,true,false');
  });

  it('guards where there is no Node: by web APIs alone', () => {
    expect(judged('globalThis.process = undefined;')).toBe('true,false,true,false,true,false');
  });
});
