import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { connectionTls } from './connection-tls.js';
import { startLocalDataApi } from './start-local-data-api.js';

const directory = mkdtempSync(join(tmpdir(), 'ask-aurora-tls-'));
const bundle = join(directory, 'bundle.pem');
writeFileSync(bundle, 'certificates');
afterAll(() => rmSync(directory, { recursive: true }));

describe('the encryption that a URL asks for', () => {
  test.each([
    ['postgresql://a@127.0.0.1/x', false],
    ['postgresql://a@localhost:5432/x', false],
    ['mysql://a@[::1]/x', false],
    ['postgresql://a@127.0.0.1/x?sslmode=require', { rejectUnauthorized: false }],
    ['postgresql://a@db.example/x', { rejectUnauthorized: true }],
    ['mysql://a@10.0.0.7/x', { rejectUnauthorized: true }],
    ['postgresql://a@127.0.0.1.example/x', { rejectUnauthorized: true }],
    ['postgresql://a@db.example/x?sslmode=disable', false],
    [`postgresql://a@db.example/x?sslmode=verify-full&sslrootcert=${encodeURIComponent(bundle)}`, { rejectUnauthorized: true, ca: 'certificates' }],
  ])('%s', (url, expected) => {
    expect(connectionTls(new URL(url))).toEqual(expected);
  });

  test.each([
    ['postgresql://a@db.example/x?sslmode=prefer', /use disable, require, verify-full/],
    ['postgresql://a@db.example/x?ssl=true', /parameter ssl;/],
    ['postgresql://a@db.example/x?sslmode=verify-full&sslrootcert=/nowhere.pem', /nowhere\.pem/],
  ])('%s is refused', (url, message) => {
    expect(() => connectionTls(new URL(url))).toThrow(message);
  });
});

test('a server that does not encrypt is sent no name and no password when encryption was asked for', async () => {
  const received: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', (bytes) => {
      received.push(bytes);
      // PostgreSQL's way to say that it can't encrypt.
      socket.write('N');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const api = await startLocalDataApi({ postgres: { connectionString: `postgresql://reader:hunter@127.0.0.1:${String(port)}/x?sslmode=require` } });
  const client = new RDSDataClient({ endpoint: api.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
  try {
    await expect(client.send(new ExecuteStatementCommand({ resourceArn: api.resourceArn, secretArn: api.secretArns[0], database: 'x', sql: 'SELECT 1' }))).rejects.toThrow();
    const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
    expect(received.length).toBeGreaterThan(0);
    for (const bytes of received) expect(bytes).toEqual(sslRequest);
  } finally {
    client.destroy();
    await api.stop();
    server.close();
  }
});
