import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Readable, Writable } from 'node:stream';
import { createMcpServer, type McpServerOptions } from './create-mcp-server.js';

/** A running server. */
export interface McpStdioServer {
  /** Settles when the client has gone. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the actions to the one client at the other end of standard input and output. Nothing else may write to
 * standard output meanwhile.
 */
export async function serveMcpStdio(options: McpServerOptions & { readonly stdin?: Readable; readonly stdout?: Writable }): Promise<McpStdioServer> {
  const { stdin = process.stdin, stdout = process.stdout } = options;
  const server = createMcpServer(options);
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
    // The transport itself does not notice that its input has ended.
    stdin.once('end', () => void server.close());
    stdin.once('close', () => void server.close());
  });
  await server.connect(new StdioServerTransport(stdin, stdout));
  return { closed, close: () => server.close() };
}
