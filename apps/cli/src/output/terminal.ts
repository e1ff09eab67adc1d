/** Where a command writes: answers to `out`, everything else to `err`, so that answers can be piped. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** True when `err` is a terminal on which a line may be rewritten in place. */
  readonly interactive: boolean;
  /** Columns of `out`; unlimited when it is not a terminal. */
  readonly width: number;
}

export function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(text),
    interactive: process.stderr.isTTY === true && process.env['CI'] === undefined,
    width: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
  };
}
