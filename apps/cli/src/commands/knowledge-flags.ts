import { InvalidArgumentError, type Command } from 'commander';

/** What is known, allowed and true of a database that is not one of the samples. */
export interface KnowledgeFlags {
  readonly schema?: string;
  readonly overlay?: string;
  readonly sampleValues?: readonly string[];
  readonly policy?: string;
  readonly tenant?: Readonly<Record<string, string>>;
}

export function knowledgeOptions(command: Command): Command {
  return command
    .option('--schema <file>', 'the artifact that introspect wrote (default: the catalog is read)')
    .option('--overlay <file>', 'synonyms, metrics, filters and verified queries to merge in, as YAML or JSON')
    .option('--sample-values <relations...>', 'relations whose values may be read, as schema.relation or schema.*')
    .option('--policy <file>', "the guard's policy, as JSON (default: exactly the relations and columns of the schema)")
    .option('--tenant <name=value>', 'a value for the tenant filters of the policy; may be given several times', tenantValue);
}

function tenantValue(text: string, earlier: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Give a name and a value, such as customer=42.');
  return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) };
}
