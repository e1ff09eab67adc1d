export { createMcpServer, type McpServerOptions } from './create-mcp-server.js';
export { serveMcpHttp, type McpHttpOptions, type McpHttpServer } from './serve-mcp-http.js';
export { serveMcpStdio, type McpStdioServer } from './serve-mcp-stdio.js';
