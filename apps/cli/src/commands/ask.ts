import { Command, InvalidArgumentError, Option } from 'commander';
import { randomUUID } from 'node:crypto';
import { exitCodeOf, type Answer } from '../answer/answer.js';
import { askQuestion } from '../answer/ask-question.js';
import type { CommandContext } from '../command-context.js';
import { writeWholeFile } from '../files/write-whole-file.js';
import { printAnswer } from '../output/print-answer.js';
import { createProgress } from '../output/progress.js';
import { openAudit } from '../session/open-audit.js';
import { modelSyntax, selectModel } from '../session/select-model.js';
import { databaseOptions, type DatabaseFlags } from './database-flags.js';
import { knowledgeOptions, type KnowledgeFlags } from './knowledge-flags.js';
import { stackOptions, type StackFlags } from './stack-flags.js';

interface AskOptions extends DatabaseFlags, KnowledgeFlags, StackFlags {
  readonly database?: string;
  readonly model: string;
  readonly format: 'text' | 'json' | 'csv';
  readonly chart?: string;
  readonly trace?: true;
  readonly maxRows: number;
  readonly today?: string;
  readonly timeout: number;
  readonly audit?: string;
  readonly dataDirectory?: string;
}

/** What is the stack's own, and can't be said of it from here. */
const localOnly = ['database', 'resourceArn', 'secretArn', 'databaseUrl', 'schema', 'overlay', 'sampleValues', 'policy', 'today', 'audit', 'dataDirectory'];

export function askCommand({ terminal, signal, setExitCode }: CommandContext): Command {
  const command = new Command('ask')
    .description('Answer a question with one guarded, read-only SQL statement.')
    .argument('<question...>', 'the question, in plain language')
    .option('-d, --database <name>', 'the database to ask (default: each local sample in turn)')
    .addOption(new Option('-m, --model <model>', modelSyntax).env('ASK_AURORA_MODEL').default('offline'))
    .addOption(new Option('-f, --format <format>', 'how to print the answer; csv prints the rows alone').choices(['text', 'json', 'csv']).default('text'))
    .option('--chart <file>', 'write the suggested chart here, as a Vega-Lite specification with its data')
    .option('-t, --trace', 'show every step with its time')
    .option('--max-rows <count>', 'the most rows to return', positiveInteger, 1_000)
    .option('--today <date>', 'what "today" is, as YYYY-MM-DD (default: today; for the samples, the anchor of their rows)', isoDate)
    .option('--timeout <seconds>', 'give up after this long', positiveInteger, 60)
    .option('--audit <file>', 'append one JSON line for each action to this file')
    .option('--data-directory <path>', 'where the local PostgreSQL keeps its data (default: the user cache)');
  return stackOptions(knowledgeOptions(databaseOptions(command)), localOnly).action(async (words: readonly string[], options: AskOptions) => {
    const progress = createProgress(terminal);
    const audit = openAudit(options.audit);
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(options.timeout * 1_000)]);
    const print = async (answer: Answer): Promise<void> => {
      progress.done();
      if (options.chart !== undefined) {
        if (answer.chart === null) terminal.err('No chart suits this answer; none was written.\n');
        else await writeWholeFile(options.chart, `${JSON.stringify(answer.chart, null, 2)}\n`);
      }
      printAnswer(answer, options, terminal);
      setExitCode(exitCodeOf(answer));
    };
    try {
      if (options.stack !== undefined) {
        const { openStackSession } = await import('../stack/open-stack-session.js');
        const session = await openStackSession({ ...options, stack: options.stack, signal: deadline, onProgress: progress.update });
        try {
          await print(await session.ask(words.join(' ')));
        } finally {
          await session.close();
        }
        return;
      }
      const { openQuestionSession } = await import('../session/open-question-session.js');
      const session = await openQuestionSession({
        ...options,
        model: await selectModel(options.model),
        audit: audit.sink,
        signal: deadline,
        onProgress: progress.update,
        onWarning: (message) => terminal.err(`${message}\n`),
      });
      try {
        const caller = { sessionId: randomUUID(), principal: null, tenant: options.tenant ?? {}, front: 'cli' } as const;
        const answer = await askQuestion(session.engines, {
          question: words.join(' '),
          caller,
          signal: deadline,
          sessionSteps: session.timer.steps,
        });
        await print(answer);
      } finally {
        await session.close();
      }
    } finally {
      progress.done();
      await audit.close();
    }
  });
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Give a whole number above 0.');
  return value;
}

export function isoDate(text: string): string {
  const instant = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(text)) throw new InvalidArgumentError('Give a date such as 2024-12-31.');
  return text;
}
