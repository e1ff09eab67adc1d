import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.js';
import { readJsonFile, readTextFile } from '../files/read-text-file.js';
import { writeWholeFile } from '../files/write-whole-file.js';
import { createProgress } from '../output/progress.js';
import { modelSyntax, selectModel } from '../session/select-model.js';
import { positiveInteger } from './ask.js';

interface EvalFlags {
  readonly model: string;
  readonly out: string;
  readonly html?: string;
  readonly baseline?: string;
  readonly log?: string;
  readonly concurrency: number;
  readonly dataDirectory?: string;
}

export function evalCommand({ terminal, signal }: CommandContext): Command {
  return new Command('eval')
    .description('Ask the questions of a dataset on the local samples and compare each answer with its gold SQL by what both return.')
    .argument('<dataset>', 'JSON Lines of {"id","database","question","gold"...}, as @ask-aurora/nl2sql documents them')
    .addOption(new Option('-m, --model <model>', modelSyntax).env('ASK_AURORA_MODEL').default('offline'))
    .option('-o, --out <file>', 'the report as JSON', 'evaluation.json')
    .option('--html <file>', 'the report as HTML')
    .option('--baseline <file>', 'an earlier report to compare with')
    .option('--log <file>', 'keep results here as they come, and go on from them after an interruption')
    .option('--concurrency <count>', 'questions at a time', positiveInteger, 1)
    .option('--data-directory <path>', 'where the local PostgreSQL keeps its data (default: the user cache)')
    .action(async (dataset: string, flags: EvalFlags) => {
      const progress = createProgress(terminal);
      try {
        const [{ openLocalSession }, { evaluateOnSamples }, nl2sql] = await Promise.all([import('../session/open-local-session.js'), import('../evaluation/evaluate-on-samples.js'), import('@ask-aurora/nl2sql')]);
        const cases = nl2sql.parseCases(await readTextFile(dataset));
        const baseline = flags.baseline === undefined ? undefined : nl2sql.parseReport(await readJsonFile(flags.baseline));
        const session = await openLocalSession({
          model: await selectModel(flags.model),
          audit: { record: () => undefined },
          maxRows: 10_000,
          signal,
          onProgress: progress.update,
          ...(flags.dataDirectory === undefined ? {} : { dataDirectory: flags.dataDirectory }),
        });
        try {
          const report = await evaluateOnSamples(session, cases, {
            system: flags.model,
            concurrency: flags.concurrency,
            signal,
            onProgress: ({ done, total, correct }) => progress.update(`${done} of ${total} asked, ${correct} correct`),
            ...(flags.log === undefined ? {} : { log: nl2sql.fileRunLog(flags.log) }),
          });
          progress.done();
          await writeWholeFile(flags.out, `${JSON.stringify(report, null, 2)}\n`);
          if (flags.html !== undefined) await writeWholeFile(flags.html, nl2sql.renderHtmlReport(report, baseline));
          terminal.out(JSON.stringify(baseline === undefined ? report.summary : { summary: report.summary, comparison: nl2sql.compareReports(baseline, report) }, null, 2));
        } finally {
          await session.close();
        }
      } finally {
        progress.done();
      }
    });
}
