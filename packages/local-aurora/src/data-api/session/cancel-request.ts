import { connect } from 'node:net';

/** What PostgreSQL wants to see before it cancels a session's statement. */
export interface CancelKey {
  readonly host: string;
  readonly port: number;
  readonly processId: number;
  readonly secretKey: number;
}

const cancelRequestCode = 80_877_102;
const messageBytes = 16;
const deadlineMs = 5_000;

/** Asks PostgreSQL to cancel what a session runs. Resolves when PostgreSQL has taken the request, or could not be reached. */
export function sendCancelRequest({ host, port, processId, secretKey }: CancelKey): Promise<void> {
  const message = Buffer.alloc(messageBytes);
  message.writeInt32BE(messageBytes, 0);
  message.writeInt32BE(cancelRequestCode, 4);
  message.writeInt32BE(processId, 8);
  message.writeInt32BE(secretKey, 12);
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(deadlineMs, () => socket.destroy());
    socket.once('error', () => undefined);
    socket.once('close', () => resolve());
    socket.once('connect', () => socket.end(message));
    socket.resume();
  });
}
