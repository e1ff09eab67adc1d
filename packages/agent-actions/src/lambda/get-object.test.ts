import { S3Client } from '@aws-sdk/client-s3';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGetObject } from './get-object.js';

const server = createServer((request, response) => {
  if (request.url?.startsWith('/bucket/folder/schema.json') !== true) return response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
  if (request.headers['if-none-match'] === '"one"') return response.writeHead(304, { etag: '"one"' }).end();
  return response.writeHead(200, { etag: '"one"', 'content-type': 'application/json' }).end('{"a":1}');
});
let client: S3Client;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new S3Client({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, maxAttempts: 1 });
});
afterAll(() => {
  client.destroy();
  server.close();
});

it('reads an object, and learns that it did not change', async () => {
  const getObject = createGetObject(client);
  expect(await getObject({ bucket: 'bucket', key: 'folder/schema.json' }, undefined)).toEqual({ text: '{"a":1}', etag: '"one"' });
  expect(await getObject({ bucket: 'bucket', key: 'folder/schema.json' }, '"one"')).toBeUndefined();
  await expect(getObject({ bucket: 'bucket', key: 'other' }, undefined)).rejects.toThrow();
});
