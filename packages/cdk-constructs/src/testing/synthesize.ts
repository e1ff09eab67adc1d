import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import type { IPolicyValidationPlugin } from 'aws-cdk-lib';

/** A template, as far as checks look into it. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: unknown }>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: string }>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** One finding of a validation plugin. */
export interface Finding {
  readonly plugin: string;
  readonly rule: string;
  readonly severity: string;
  readonly description: string;
  readonly resources: readonly string[];
}

export interface Synthesized {
  readonly directory: string;
  /** By stack name. */
  readonly templates: Readonly<Record<string, Template>>;
  readonly findings: readonly Finding[];
  /** Local path of an asset, by the hash in its object's name. */
  assetPath(hash: string): string;
}

/** The flags that `cdk init` sets today, as any new app has them. */
export const recommendedFlags: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../../../node_modules/aws-cdk-lib/recommended-feature-flags.json'), 'utf8'),
) as Record<string, unknown>;

/**
 * Synthesizes an app into a new temporary directory and reads the result back, with everything that the validations
 * reported, warnings included. CloudFormation Validate takes most of the time, so `validate: false` leaves it out.
 */
export function synthesize(build: (app: App) => void, options: { readonly plugins?: (app: App) => readonly IPolicyValidationPlugin[]; readonly context?: Readonly<Record<string, unknown>>; readonly validate?: boolean } = {}): Synthesized {
  const directory = mkdtempSync(join(tmpdir(), 'ask-aurora-synth-'));
  const app = new App({ outdir: directory, context: { ...recommendedFlags, ...options.context }, analyticsReporting: false });
  const plugins = options.plugins?.(app) ?? [];
  if (plugins.length > 0) Validations.of(app).addPlugins(...plugins);
  build(app);
  const exitCode = process.exitCode;
  const validation = process.env['CDK_VALIDATION'];
  if (options.validate === false) process.env['CDK_VALIDATION'] = 'false';
  try {
    app.synth();
  } catch (error) {
    // The assembly is written before the validation that failed; its findings are a test's to judge.
    if (!(error instanceof Error) || error.name !== 'ValidationFailed') throw error;
  } finally {
    process.exitCode = exitCode;
    if (validation === undefined) delete process.env['CDK_VALIDATION'];
    else process.env['CDK_VALIDATION'] = validation;
  }
  return { directory, templates: readTemplates(directory), findings: readFindings(directory), assetPath: (hash) => findAsset(directory, hash) };
}

function readTemplates(directory: string): Readonly<Record<string, Template>> {
  const names = readdirSync(directory).filter((name) => name.endsWith('.template.json'));
  return Object.fromEntries(names.map((name) => [name.slice(0, -'.template.json'.length), JSON.parse(readFileSync(join(directory, name), 'utf8')) as Template]));
}

interface ReportDocument {
  readonly pluginReports?: readonly {
    readonly pluginName?: string;
    readonly summary?: { readonly pluginName?: string };
    readonly violations: readonly { readonly ruleName: string; readonly severity?: string; readonly description: string; readonly violatingConstructs?: readonly { readonly constructPath?: string }[] }[];
  }[];
}

function readFindings(directory: string): readonly Finding[] {
  let document: ReportDocument;
  try {
    document = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as ReportDocument;
  } catch {
    return [];
  }
  return (document.pluginReports ?? []).flatMap((report) => report.violations.map((violation) => ({
    plugin: report.pluginName ?? report.summary?.pluginName ?? '',
    rule: violation.ruleName,
    severity: violation.severity ?? '',
    description: violation.description,
    resources: (violation.violatingConstructs ?? []).map((each) => each.constructPath ?? ''),
  })));
}

function findAsset(directory: string, hash: string): string {
  const name = readdirSync(directory).find((each) => each.startsWith(`asset.${hash}`));
  if (name === undefined) throw new Error(`There is no asset ${hash} in ${directory}.`);
  return join(directory, name);
}
