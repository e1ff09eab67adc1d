import { Command, Option } from 'commander';
import { randomUUID } from 'node:crypto';
import pc from 'picocolors';
import { askQuestion } from '../answer/ask-question.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-code.js';
import { renderAnswer } from '../output/answer-report.js';
import { createProgress } from '../output/progress.js';
import type { CheckOptions } from '../sample-test/check-sample-questions.js';
import { openAudit } from '../session/open-audit.js';
import { modelSyntax, selectModel } from '../session/select-model.js';
import { stackOptions, type StackFlags } from './stack-flags.js';

interface TestOptions extends StackFlags {
  readonly database?: string;
  readonly model: string;
  readonly trace?: true;
  readonly json?: true;
  readonly dataDirectory?: string;
}

export function testCommand({ terminal, signal, setExitCode }: CommandContext): Command {
  const command = new Command('test')
    .description('Ask the sample questions and check each answer against the database by SQL written by hand.')
    .argument('[ids...]', 'the questions to ask (default: all)')
    .option('-d, --database <name>', 'only the questions of this sample')
    .addOption(new Option('-m, --model <model>', modelSyntax).env('ASK_AURORA_MODEL').default('offline'))
    .option('-t, --trace', 'show statement, rows and every step of each question')
    .option('--json', 'print one JSON line for each question')
    .option('--data-directory <path>', 'where the local PostgreSQL keeps its data (default: the user cache)');
  return stackOptions(command, ['dataDirectory']).action(async (ids: readonly string[], options: TestOptions) => {
    const progress = createProgress(terminal);
    const { checkSampleQuestions, selectQuestions } = await import('../sample-test/check-sample-questions.js');
    let failed = 0;
    let asked = 0;
    try {
      // A wrong name is said before anything is started.
      const named = options.stack === undefined || options.database !== undefined ? selectQuestions(ids, options.database) : undefined;
      const { database, close, ...check } = options.stack === undefined ? await openSamples(options, signal, progress.update) : await openStack(options.stack, options, signal, progress.update);
      try {
        const questions = named ?? selectQuestions(ids, database);
        progress.done();
        for await (const result of checkSampleQuestions(questions, { ...check, signal })) {
          asked += 1;
          if (!result.passed) failed += 1;
          if (options.json === true) {
            terminal.out(JSON.stringify(result));
            continue;
          }
          const mark = result.passed ? pc.green('ok  ') : pc.red('FAIL');
          terminal.out(`${mark} ${result.id.padEnd(32)} ${result.question} ${pc.dim(`→ ${result.summary}`)}`);
          if (options.trace === true) terminal.out(`${renderAnswer(result.answer, { trace: true })}\n`);
        }
      } finally {
        await close();
      }
    } finally {
      progress.done();
    }
    if (options.json !== true) terminal.out(`${asked - failed} passed, ${failed} failed`);
    setExitCode(failed === 0 ? exitCode.answered : exitCode.fault);
  });
}

/** What is asked, and what its answers are held against. */
interface Examined extends Omit<CheckOptions, 'signal'> {
  /** The one sample that is there; undefined for all. */
  readonly database: string | undefined;
  close(): Promise<void>;
}

async function openSamples(options: TestOptions, signal: AbortSignal, onProgress: (message: string) => void): Promise<Examined> {
  const { openLocalSession } = await import('../session/open-local-session.js');
  const session = await openLocalSession({
    model: await selectModel(options.model),
    audit: openAudit(undefined).sink,
    maxRows: 10_000,
    signal,
    onProgress,
    ...(options.database === undefined ? {} : { database: options.database }),
    ...(options.dataDirectory === undefined ? {} : { dataDirectory: options.dataDirectory }),
  });
  const caller = { sessionId: randomUUID(), principal: null, tenant: {}, front: 'cli' } as const;
  return {
    database: options.database,
    ask: ({ question, database }) => askQuestion(session.engines.filter((engine) => engine.database === database), { question, caller, signal }),
    expected: session.administrator,
    close: session.close,
  };
}

/** A stack has one database: the sample that seed wrote into it. */
async function openStack(stack: string, options: TestOptions, signal: AbortSignal, onProgress: (message: string) => void): Promise<Examined> {
  const { openStackSession } = await import('../stack/open-stack-session.js');
  const session = await openStackSession({ ...options, stack, signal, onProgress });
  const reader = session.reader();
  return { database: options.database ?? session.database, ask: ({ question }) => session.ask(question), expected: () => reader, close: session.close };
}
