import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.js';
import { readTextFile } from '../files/read-text-file.js';
import { writeWholeFile } from '../files/write-whole-file.js';
import { createProgress } from '../output/progress.js';
import { databaseOptions, type DatabaseFlags } from './database-flags.js';

interface IntrospectFlags extends DatabaseFlags {
  readonly database?: string;
  readonly engine?: 'postgresql' | 'mysql';
  readonly schema?: readonly string[];
  readonly sampleValues?: readonly string[];
  readonly overlay?: string;
  readonly out?: string;
  readonly dataDirectory?: string;
}

export function introspectCommand({ terminal, signal }: CommandContext): Command {
  return databaseOptions(
    new Command('introspect')
      .description('Read the schema of a database into an artifact: of a local sample, of a cluster through its Data API, or of a PostgreSQL by its URL.')
      .option('-d, --database <name>', 'the database (default: the sample university)')
      .addOption(new Option('--engine <engine>', 'what the cluster runs; on mysql, schemas are databases').choices(['postgresql', 'mysql']).default('postgresql'))
      .option('--schema <names...>', 'only these schemas (default: all but the system schemas)')
      .option('--sample-values <relations...>', 'relations whose values may be read, as schema.relation or schema.*')
      .option('--overlay <file>', 'synonyms, metrics, filters and verified queries to merge in, as YAML or JSON')
      .option('-o, --out <file>', 'write the artifact here (default: standard output)')
      .option('--data-directory <path>', 'where the local PostgreSQL keeps its data (default: the user cache)'),
  ).action(async (flags: IntrospectFlags) => {
    const progress = createProgress(terminal);
    try {
      const [{ openConnection }, { introspect }] = await Promise.all([import('../session/open-connection.js'), import('@ask-aurora/nl2sql')]);
      const overlay = flags.overlay === undefined ? undefined : await readTextFile(flags.overlay);
      const connection = await openConnection({ ...flags, signal, onProgress: progress.update });
      try {
        progress.update('Reading the catalog');
        const artifact = await introspect(async (sql) => (await connection.client.query<Record<string, unknown>>(sql, {}, { signal })).rows, {
          signal,
          dialect: connection.client.engine,
          // An answer of the Data API ends at 1 MiB: 500 relations' columns may be more.
          ...(flags.resourceArn === undefined ? {} : { relationsPerQuery: 100 }),
          onWarning: (message) => terminal.err(`${message}\n`),
          ...(flags.schema === undefined ? {} : { schemas: flags.schema }),
          ...(flags.sampleValues === undefined ? {} : { sampleValues: flags.sampleValues }),
          ...(overlay === undefined ? {} : { overlay }),
        });
        progress.done();
        const text = `${JSON.stringify(artifact, null, 2)}\n`;
        if (flags.out === undefined) terminal.out(text.trimEnd());
        else await writeWholeFile(flags.out, text);
      } finally {
        await connection.close();
      }
    } finally {
      progress.done();
    }
  });
}
