import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resultBody, type TableKind } from './result-body.js';

/**
 * Answers every ExecuteStatement with the body that the table in its statement names. It runs as a process of its own, so that
 * its work does not count as the clients'.
 */
const bodies = new Map<string, Buffer>();

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (text += chunk));
  request.on('end', () => {
    const [name, kind, rows] = /(mixed|nulls|wide)_(\d+)/u.exec(text) ?? [];
    if (name === undefined) {
      response.writeHead(400, { 'x-amzn-errortype': 'ValidationException' }).end('{"message":"no table"}');
      return;
    }
    const body = bodies.get(name) ?? Buffer.from(resultBody({ kind: kind as TableKind, rows: Number(rows) }));
    bodies.set(name, body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.byteLength, 'x-amzn-requestid': 'stub' }).end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
