import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelCheck } from './model-check.js';

const run = (model: string, environment: NodeJS.ProcessEnv = {}) => modelCheck.run({ model, environment, signal: AbortSignal.timeout(5_000), onProgress: () => undefined });

describe('the check of the model', () => {
  let server: Server;
  let address = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      const allowed = request.headers.authorization === 'Bearer right';
      response.writeHead(request.url === '/v1/models' ? (allowed ? 200 : 401) : 404, { 'content-type': 'application/json' }).end(allowed ? JSON.stringify({ data: [{ id: 'coder' }, { id: 'writer' }] }) : '{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('has nothing to ask of offline', async () => {
    expect(await run('offline')).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['coder', '/v1', 'right', 'ok', /answers$/],
    ['coder', '/v1/', 'right', 'ok', /answers$/],
    ['poet', '/v1', 'right', 'failed', /has no model poet/],
    ['coder', '/v1', 'wrong', 'failed', /does not accept the key/],
    ['coder', '/elsewhere', 'right', 'ok', /without a list/],
  ])('asks the endpoint for %s at %s with the %s key: %s', async (model, path, key, status, found) => {
    expect(await run(`openai:${model}@${address}${path}`, { ASK_AURORA_OPENAI_API_KEY: key })).toMatchObject({ status, found: expect.stringMatching(found) as string });
  });

  it('says so when nothing listens', async () => {
    expect(await run('openai:coder@http://127.0.0.1:9/v1')).toMatchObject({ status: 'failed', found: expect.stringMatching(/nothing answers/) as string });
  });

  it('can not look at a model it does not understand', async () => {
    await expect(run('gpt')).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});
