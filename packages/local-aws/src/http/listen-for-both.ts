import type { Server as HttpServer } from 'node:http';
import type { Http2Server } from 'node:http2';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { LocalAwsError } from '../local-aws-error.js';

/** One port for two protocols. */
export interface Listener {
  readonly port: number;
  stop(): Promise<void>;
}

const http2Preface = 'PRI ';

/** Listens on 127.0.0.1 and hands each connection to the server whose protocol its first bytes speak. */
export async function listenForBoth(http1: HttpServer, http2: Http2Server, port: number): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (chunk) => {
      socket.pause();
      socket.unshift(chunk);
      const target = chunk.toString('latin1', 0, http2Preface.length) === http2Preface ? http2 : http1;
      target.emit('connection', socket);
      if (target === http1) process.nextTick(() => socket.resume());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new LocalAwsError('listen-failed', `Port ${port} of 127.0.0.1 cannot be listened on.`, { cause })));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
