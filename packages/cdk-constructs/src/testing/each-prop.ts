import { Stack } from 'aws-cdk-lib';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { beforeAll, test } from 'vitest';
import { ArtifactSource, BedrockModel, QueryActions, ReadOnlyAurora, ReadOnlyRole } from '../index.js';
import type { AuroraDatabase, AuroraEngine, QueryActionsProps, ReadOnlyRoleOptions } from '../index.js';
import { synthesize } from './synthesize.js';
import type { Template, TemplateResource } from './synthesize.js';

/** A template, asked by types of resources. */
export interface Found {
  /** The one resource of a type whose logical id begins so. */
  only(type: string, prefix?: string): TemplateResource;
  all(type: string): readonly TemplateResource[];
}

/** What it is about, what is built in a stack of its own, and what the template must then say. */
export type PropCase = readonly [name: string, build: (stack: Stack) => unknown, check: (found: Found) => void];

/** Synthesizes every case in one app, as that is what costs time, and checks each by itself. */
export function eachProp(cases: readonly PropCase[]): void {
  let templates: Readonly<Record<string, Template>>;
  beforeAll(() => {
    ({ templates } = synthesize((app) => { for (const [index, [, build]] of cases.entries()) build(new Stack(app, `Case${index}`)); }, { validate: false }));
  }, 240_000);
  test.each(cases.map(([name, , check], index) => ({ name, check, index })))('$name', ({ check, index }) => {
    const template = templates[`Case${index}`];
    if (template === undefined) throw new Error('The case has no template.');
    check(ask(template));
  });
}

function ask(template: Template): Found {
  const all = (type: string, prefix = ''): readonly TemplateResource[] => Object.entries(template.Resources).filter(([id, resource]) => resource.Type === type && id.startsWith(prefix)).map(([, resource]) => resource);
  return {
    all,
    only: (type, prefix) => {
      const [first, ...others] = all(type, prefix);
      if (first === undefined || others.length > 0) throw new Error(`There are ${others.length + (first === undefined ? 0 : 1)} of ${type} ${prefix ?? ''}.`);
      return first;
    },
  };
}

/** A database that is there already. */
export function existingDatabase(stack: Stack, engine: AuroraEngine = { dialect: 'postgresql', majorVersion: 17 }): AuroraDatabase {
  return ReadOnlyAurora.fromCluster(stack, 'Aurora', {
    cluster: DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: 'orders', dataApiEnabled: true }),
    adminSecret: Secret.fromSecretCompleteArn(stack, 'Admin', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf'),
    databaseName: 'orders',
    engine,
  });
}

export function existingRole(stack: Stack, options: Partial<ReadOnlyRoleOptions> = {}): ReadOnlyRole {
  return new ReadOnlyRole(stack, 'Role', { database: existingDatabase(stack), schemas: ['sales'], ...options });
}

export function existingActions(stack: Stack, props: Partial<QueryActionsProps> = {}): QueryActions {
  return new QueryActions(stack, 'Actions', { access: props.access ?? existingRole(stack), model: BedrockModel.foundationModel('amazon.nova-lite-v1:0'), schema: ArtifactSource.inline({}), ...props });
}
