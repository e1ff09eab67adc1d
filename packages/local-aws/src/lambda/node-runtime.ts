/**
 * A Lambda runtime for Node in a few lines, as the text of a module: loads the handler, then asks for events and answers
 * them, one at a time. It runs in a process of its own, so it imports nothing of this package.
 */
export const nodeRuntime = `
import { request as httpRequest, Agent } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const call = (method, path, body) => new Promise((resolve, reject) => {
  const request = httpRequest({ host, port, agent, method, path: '/2018-06-01/runtime' + path, headers: body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
    const chunks = [];
    response.on('data', (chunk) => chunks.push(chunk));
    response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
    response.on('error', reject);
  });
  request.on('error', reject);
  request.end(body);
});
const described = (error) => JSON.stringify({ errorType: error?.name ?? 'Error', errorMessage: error?.message ?? String(error) });

const [file, name] = process.env._HANDLER.split('.');
let handler;
try {
  handler = (await import(pathToFileURL(join(process.env.LAMBDA_TASK_ROOT, file + '.mjs')).href))[name];
} catch (error) {
  await call('POST', '/init/error', described(error));
  throw error;
}
for (;;) {
  const next = await call('GET', '/invocation/next');
  const id = next.headers['lambda-runtime-aws-request-id'];
  const deadline = Number(next.headers['lambda-runtime-deadline-ms']);
  const clientContext = next.headers['lambda-runtime-client-context'];
  process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'];
  try {
    const context = { awsRequestId: id, functionName: process.env.AWS_LAMBDA_FUNCTION_NAME, invokedFunctionArn: next.headers['lambda-runtime-invoked-function-arn'], memoryLimitInMB: '512', getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()), ...(clientContext === undefined ? {} : { clientContext: JSON.parse(clientContext) }) };
    const result = await handler(JSON.parse(next.body), context);
    await call('POST', '/invocation/' + id + '/response', JSON.stringify(result ?? null));
  } catch (error) {
    await call('POST', '/invocation/' + id + '/error', described(error));
  }
}
`;
