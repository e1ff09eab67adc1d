import { parseArgs } from 'node:util';
import { contenders } from './contenders.js';
import { measure, type Measurement } from './measure.js';
import { resultBody, tableName, type ResultShape } from './result-body.js';
import { startStubServer } from './start-stub-server.js';

const shapes: readonly (ResultShape & { readonly rounds: number })[] = [
  { kind: 'mixed', rows: 1, rounds: 200 },
  { kind: 'mixed', rows: 100, rounds: 100 },
  { kind: 'mixed', rows: 1_000, rounds: 60 },
  { kind: 'mixed', rows: 10_000, rounds: 9 },
  { kind: 'wide', rows: 1_000, rounds: 15 },
  { kind: 'nulls', rows: 1_000, rounds: 60 },
];

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean', default: false } } });
const server = await startStubServer();
try {
  const everyone = contenders(server.endpoint);
  for (const shape of shapes.filter((each) => values.only === undefined || tableName(each) === values.only)) {
    const measurements = await measure(everyone, shape, shape.rounds);
    const bodyBytes = Buffer.byteLength(resultBody(shape));
    if (values.json) console.log(JSON.stringify({ shape, bodyBytes, measurements }));
    else print(shape, bodyBytes, measurements);
  }
} finally {
  server.stop();
}
// data-api-client keeps sockets of the AWS SDK 2 open, which would keep this process alive.
process.exit(0);

function print(shape: ResultShape, bodyBytes: number, measurements: readonly Measurement[]): void {
  const floor = measurements[0]?.medianMs ?? Number.NaN;
  const ours = measurements[1]?.medianMs ?? Number.NaN;
  const oursCpu = measurements[1]?.cpuMs ?? Number.NaN;
  console.log(`\n${tableName(shape)}: ${bodyBytes} bytes of body, ${Math.round(bodyBytes / shape.rows)} a row; medians of interleaved runs`);
  console.table(
    Object.fromEntries(
      measurements.map(({ name, medianMs, cpuMs, heapBytesPerRow }) => [
        name,
        {
          ms: round(medianMs),
          'ns a row': Math.round((medianMs * 1e6) / shape.rows),
          'heap bytes a row': Math.round(heapBytesPerRow),
          'x floor': round(medianMs / floor),
          'x ours': round(medianMs / ours),
          'CPU ms': round(cpuMs),
          'CPU x ours': round(cpuMs / oursCpu),
        },
      ]),
    ),
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
