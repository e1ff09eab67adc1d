/** One JSON object a line, the form that CloudWatch Logs can be asked about. */
export function logLine(entry: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}
