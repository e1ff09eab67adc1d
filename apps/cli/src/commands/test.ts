import { Command, Option } from 'commander';
import pc from 'picocolors';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-code.js';
import { renderAnswer } from '../output/answer-report.js';
import { createProgress } from '../output/progress.js';
import { openAudit } from '../session/open-audit.js';
import { modelSyntax, selectModel } from '../session/select-model.js';

interface TestOptions {
  readonly database?: string;
  readonly model: string;
  readonly trace?: true;
  readonly json?: true;
  readonly dataDirectory?: string;
}

export function testCommand({ terminal, signal, setExitCode }: CommandContext): Command {
  return new Command('test')
    .description('Ask the sample questions and check each answer against the database by SQL written by hand.')
    .argument('[ids...]', 'the questions to ask (default: all)')
    .option('-d, --database <name>', 'only the questions of this sample')
    .addOption(new Option('-m, --model <model>', modelSyntax).env('ASK_AURORA_MODEL').default('offline'))
    .option('-t, --trace', 'show statement, rows and every step of each question')
    .option('--json', 'print one JSON line for each question')
    .option('--data-directory <path>', 'where the local PostgreSQL keeps its data (default: the user cache)')
    .action(async (ids: readonly string[], options: TestOptions) => {
      const progress = createProgress(terminal);
      const audit = openAudit(undefined);
      const { openLocalSession } = await import('../session/open-local-session.js');
      const { checkSampleQuestions, selectQuestions } = await import('../sample-test/check-sample-questions.js');
      const questions = selectQuestions(ids, options.database);
      const session = await openLocalSession({
        model: await selectModel(options.model),
        audit: audit.sink,
        maxRows: 10_000,
        signal,
        onProgress: progress.update,
        ...(options.database === undefined ? {} : { database: options.database }),
        ...(options.dataDirectory === undefined ? {} : { dataDirectory: options.dataDirectory }),
      });
      let failed = 0;
      try {
        progress.done();
        for await (const check of checkSampleQuestions(questions, { ...session, signal })) {
          if (!check.passed) failed += 1;
          if (options.json === true) {
            terminal.out(JSON.stringify(check));
            continue;
          }
          const mark = check.passed ? pc.green('ok  ') : pc.red('FAIL');
          terminal.out(`${mark} ${check.id.padEnd(32)} ${check.question} ${pc.dim(`→ ${check.summary}`)}`);
          if (options.trace === true) terminal.out(`${renderAnswer(check.answer, { trace: true })}\n`);
        }
      } finally {
        progress.done();
        await session.close();
      }
      if (options.json !== true) terminal.out(`${questions.length - failed} passed, ${failed} failed`);
      setExitCode(failed === 0 ? exitCode.answered : exitCode.fault);
    });
}
