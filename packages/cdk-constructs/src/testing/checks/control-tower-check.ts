import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import type { Template } from '../synthesize.js';

/** A resource that a proactive control of AWS Control Tower would refuse. */
export interface ControlFinding {
  readonly rule: string;
  /** `stack/logicalId` */
  readonly resource: string;
}

/** The package brings the program for these; elsewhere the check can't run. */
export const controlTowerRuns = ['linux', 'darwin'].includes(process.platform) && ['x64', 'arm64'].includes(process.arch);

/**
 * Holds templates against the rules of Control Tower's proactive controls, by the CloudFormation Guard that comes with
 * the validator: offline. Only the rules about a type that is there are read, as each of them costs time.
 */
export function controlTowerFindings(templates: Readonly<Record<string, Template>>): readonly ControlFinding[] {
  const directory = mkdtempSync(join(tmpdir(), 'ask-aurora-control-tower-'));
  try {
    const types = new Set(Object.values(templates).flatMap((template) => Object.values(template.Resources).map((resource) => resource.Type)));
    const templatePaths = Object.entries(templates).map(([stack, template]) => {
      const path = join(directory, `${stack}.json`);
      writeFileSync(path, JSON.stringify(template));
      return path;
    });
    const guard = new CfnGuardValidator({ controlTowerRulesEnabled: false, rules: [...rulesAbout(types)], maxBuffer: 100_000_000 });
    const { violations } = guard.validate({ templatePaths } as Parameters<typeof guard.validate>[0]);
    return violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ templatePath, resourceLogicalId }) => ({ rule: ruleName, resource: `${basename(templatePath ?? '', '.json')}/${resourceLogicalId ?? ''}` })));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function rulesAbout(types: ReadonlySet<string>): readonly string[] {
  const root = join(dirname(createRequire(import.meta.url).resolve('@cdklabs/cdk-validator-cfnguard/package.json')), 'rules/control-tower/cfn-guard');
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.guard')).sort().map((name) => join(root, name))
    .filter((path) => [...readFileSync(path, 'utf8').matchAll(/"(AWS::\w+::\w+)"/g)].some(([, type = '']) => types.has(type)));
}
