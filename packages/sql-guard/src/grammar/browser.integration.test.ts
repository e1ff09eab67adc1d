import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embedWasm } from '../../scripts/embed-wasm.mjs';
import { withoutMysql } from '../../scripts/without-mysql.mjs';
import { chromiumPath, withChromium } from '../testing/chromium.js';

const DEADLINE = 120_000;
const executable = chromiumPath();
const page = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/guard-in-browser.js"></script>';
/** No `unsafe-eval`: compiling WebAssembly is all that the guard asks for. */
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src data:";

const expected = (version: number): unknown => ({
  sql: "SELECT 'é漢😀', count(*) FROM \"public\".orders WHERE amount > :least LIMIT 1001",
  parameters: [{ name: 'least' }],
  refused: [false, false, false, false],
  syntax: [{ rule: 'syntax', start: 19, end: 23 }],
  version,
});

describe.skipIf(executable === null)(`in a browser${executable === null ? ' (there is none here: install Chromium or name one in ASK_AURORA_CHROMIUM)' : ''}`, () => {
  const files = new Map<string, string>();
  const requested: string[] = [];
  const reports: Record<string, unknown>[] = [];
  let server: Server;
  let reported: () => void = () => undefined;

  beforeAll(async () => {
    const entry = fileURLToPath(new URL('../testing/guard-in-browser.ts', import.meta.url));
    const { outputFiles } = await build({
      entryPoints: [entry], bundle: true, splitting: true, write: false, format: 'esm', platform: 'browser', outdir: '/', entryNames: '[name]', plugins: [embedWasm(), withoutMysql()], logLevel: 'error',
    });
    for (const { path, text } of outputFiles) files.set(path.slice(path.lastIndexOf('/')), text);
    server = createServer((request, response) => {
      const path = request.url ?? '/';
      requested.push(path);
      if (request.method === 'POST') {
        let body = '';
        request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
        request.on('end', () => {
          reports.push(JSON.parse(body) as Record<string, unknown>);
          response.end();
          if (reports.length === 2) reported();
        });
        return;
      }
      const text = path === '/' ? page : files.get(path);
      response.writeHead(text === undefined ? 404 : 200, { 'content-type': path === '/' ? 'text/html' : 'text/javascript', 'content-security-policy': policy });
      response.end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    const finished = new Promise<void>((resolve, reject) => {
      reported = resolve;
      setTimeout(() => { reject(new Error(`Only ${String(reports.length)} of 2 reports came in ${String(DEADLINE)} ms; asked for: ${requested.join(' ')}`)); }, DEADLINE).unref();
    });
    await withChromium(executable ?? '', url, finished);
  }, DEADLINE + 30_000);

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each(['page', 'worker'])('guards with all three grammars, in a %s whose security policy forbids eval', (where) => {
    const report = reports.find((candidate) => candidate.where === where);
    expect(report).toMatchObject({ process: 'undefined', mysql: 'dialect-unsupported' });
    for (const version of [16, 17, 18]) expect({ ...(report?.[version] as object), version }).toEqual(expected(version));
  });

  it('loads each grammar in a file of its own', () => {
    for (const version of [16, 17, 18]) expect(requested.filter((path) => path.startsWith(`/sql-guard-wasm_${String(version)}`)).length).toBeGreaterThan(0);
  });
});
