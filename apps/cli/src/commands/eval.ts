import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.js';
import { datasetFormats, readDataset, type DatasetFormat } from '../evaluation/read-dataset.js';
import { readJsonFile } from '../files/read-text-file.js';
import { writeWholeFile } from '../files/write-whole-file.js';
import { createProgress } from '../output/progress.js';
import { modelSyntax, selectModel } from '../session/select-model.js';
import { positiveInteger } from './ask.js';
import { databaseOptions, type DatabaseFlags } from './database-flags.js';
import { knowledgeOptions, type KnowledgeFlags } from './knowledge-flags.js';

interface EvalFlags extends DatabaseFlags, KnowledgeFlags {
  readonly database?: string;
  readonly format: DatasetFormat;
  readonly model: string;
  readonly out: string;
  readonly html?: string;
  readonly baseline?: string;
  readonly log?: string;
  readonly concurrency: number;
  readonly dataDirectory?: string;
}

export function evalCommand({ terminal, signal }: CommandContext): Command {
  const command = new Command('eval')
    .description('Ask the questions of a dataset, of the local samples or of a database of your own, and compare each answer with its gold SQL by what both return.')
    .argument('<dataset>', 'JSON Lines of {"id","question","expect"...}, as @ask-aurora/nl2sql documents them, or see --format')
    .addOption(new Option('-f, --format <format>', "how the dataset is written: ours, or defog's or BIRD's own files").choices(datasetFormats).default('jsonl'))
    .option('-d, --database <name>', 'the database of the cluster (default: for the samples, the one that each case names)')
    .addOption(new Option('-m, --model <model>', modelSyntax).env('ASK_AURORA_MODEL').default('offline'))
    .option('-o, --out <file>', 'the report as JSON', 'evaluation.json')
    .option('--html <file>', 'the report as HTML')
    .option('--baseline <file>', 'an earlier report to compare with')
    .option('--log <file>', 'keep results here as they come, and go on from them after an interruption')
    .option('--concurrency <count>', 'questions at a time', positiveInteger, 1)
    .option('--data-directory <path>', 'where the local PostgreSQL keeps its data (default: the user cache)');
  return knowledgeOptions(databaseOptions(command)).action(async (dataset: string, flags: EvalFlags) => {
    const progress = createProgress(terminal);
    try {
      const [{ openEvaluationSession }, { evaluateQuestions, keepCosts }, nl2sql] = await Promise.all([import('../session/open-evaluation-session.js'), import('../evaluation/evaluate-questions.js'), import('@ask-aurora/nl2sql')]);
      const cases = await readDataset(dataset, flags.format);
      const baseline = flags.baseline === undefined ? undefined : nl2sql.parseReport(await readJsonFile(flags.baseline));
      const { sink, costs } = keepCosts();
      const session = await openEvaluationSession({
        ...flags,
        model: await selectModel(flags.model),
        audit: sink,
        maxRows: 10_000,
        signal,
        onProgress: progress.update,
        onWarning: (message) => terminal.err(`${message}\n`),
      });
      try {
        const report = await evaluateQuestions(session, cases, {
          system: flags.model,
          concurrency: flags.concurrency,
          costs,
          signal,
          onProgress: ({ done, total, correct }) => progress.update(`${done} of ${total} asked, ${correct} correct`),
          ...(flags.tenant === undefined ? {} : { tenant: flags.tenant }),
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
