import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.js';
import type { Check } from '../doctor/check.js';
import { exitCode } from '../exit-code.js';
import { renderCheck } from '../output/doctor-report.js';
import { createProgress } from '../output/progress.js';
import { modelSyntax } from '../session/select-model.js';

interface DoctorOptions {
  readonly model: string;
  readonly format: 'text' | 'json';
  readonly dataDirectory?: string;
}

export function doctorCommand({ terminal, signal, setExitCode }: CommandContext): Command {
  return new Command('doctor')
    .description('Check that everything a question needs is there and works, and say what to do where it does not.')
    .addOption(new Option('-m, --model <model>', modelSyntax).env('ASK_AURORA_MODEL').default('offline'))
    .addOption(new Option('-f, --format <format>', 'how to print the findings').choices(['text', 'json']).default('text'))
    .option('--data-directory <path>', 'where the local PostgreSQL keeps its data (default: the user cache)')
    .action(async (options: DoctorOptions) => {
      const progress = createProgress(terminal);
      try {
        const { runChecks } = await import('../doctor/run-checks.js');
        const { dataDirectory } = options;
        const context = { environment: process.env, model: options.model, signal, onProgress: progress.update, ...(dataDirectory === undefined ? {} : { dataDirectory }) };
        let sound = true;
        for await (const result of runChecks(await allChecks(), context)) {
          progress.done();
          if (result.status === 'failed') sound = false;
          terminal.out(options.format === 'json' ? JSON.stringify(result) : renderCheck(result));
        }
        setExitCode(sound ? exitCode.answered : exitCode.fault);
      } finally {
        progress.done();
      }
    });
}

async function allChecks(): Promise<readonly Check[]> {
  const modules = await Promise.all([import('../doctor/node-check.js'), import('../doctor/guard-check.js'), import('../doctor/cache-check.js'), import('../doctor/local-aurora-check.js'), import('../doctor/model-check.js')]);
  const [node, guard, cache, localAurora, model] = modules;
  return [node.nodeCheck, guard.guardCheck, cache.cacheCheck, localAurora.localAuroraCheck, model.modelCheck];
}
