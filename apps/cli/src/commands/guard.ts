import { Command, Option } from 'commander';
import pc from 'picocolors';
import { createInterface } from 'node:readline';
import { CliError } from '../cli-error.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-code.js';

interface GuardOptions {
  readonly policy?: string;
  readonly dialect: 'postgresql' | 'mysql';
  readonly version: '16' | '17' | '18';
  readonly format?: 'text' | 'jsonl';
}

export function guardCommand({ terminal, signal, setExitCode }: CommandContext): Command {
  return new Command('guard')
    .description('Say of each statement whether it is one read inside a policy; exit with 2 if any is refused.')
    .argument('[statements...]', 'the statements (default: JSON lines {"id","sql"} on standard input)')
    .option('-p, --policy <file>', 'a policy as JSON (default: reads of any table of the schema public)')
    .addOption(new Option('--dialect <dialect>', 'the grammar').choices(['postgresql', 'mysql']).default('postgresql'))
    .addOption(new Option('--version <major>', 'the PostgreSQL major').choices(['16', '17', '18']).default('17'))
    .addOption(new Option('-f, --format <format>', 'how to print verdicts (default: text for arguments, jsonl for standard input)').choices(['text', 'jsonl']))
    .action(async (statements: readonly string[], options: GuardOptions) => {
      const [{ createGuard }, { checkJsonLines, formatVerdict }, { readPolicy }] = await Promise.all([
        import('@ask-aurora/sql-guard'),
        import('@ask-aurora/sql-guard/report'),
        import('../guard/read-policy.js'),
      ]);
      const fromInput = statements.length === 0;
      if (fromInput && process.stdin.isTTY) throw new CliError('invalid-argument', 'Give statements as arguments, or JSON lines such as {"id":1,"sql":"SELECT 1"} on standard input.');
      const format = options.format ?? (fromInput ? 'jsonl' : 'text');
      const guard = await createGuard({ dialect: options.dialect, version: Number(options.version) as 16 | 17 | 18, policy: await readPolicy(options.policy) });
      const input = fromInput ? createInterface({ input: process.stdin, signal }) : statements.map((sql, index) => JSON.stringify({ id: index + 1, sql }));
      const current = { line: '' };
      let refused = false;
      for await (const checked of checkJsonLines(remembering(input, current), guard)) {
        if (!checked.ok) refused = true;
        if (format === 'jsonl') terminal.out(JSON.stringify(checked));
        else if ('error' in checked) terminal.out(`${pc.red('unreadable')} line ${checked.line}: ${checked.error}`);
        else {
          const { sql } = JSON.parse(current.line) as { readonly sql: string };
          terminal.out(formatVerdict(sql, checked, { color: pc.isColorSupported, ...(Number.isFinite(terminal.width) ? { width: terminal.width } : {}) }));
        }
      }
      setExitCode(refused ? exitCode.refused : exitCode.answered);
    });
}

/** Passes lines on, keeping the one under way: a verdict's positions are offsets into its statement. */
async function* remembering(lines: AsyncIterable<string> | Iterable<string>, current: { line: string }): AsyncGenerator<string> {
  for await (const line of lines) {
    current.line = line;
    yield line;
  }
}
