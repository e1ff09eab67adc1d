import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { transformSync } from 'esbuild';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const house = join(dirname(fileURLToPath(import.meta.url)), '..');
const readme = readFileSync(join(house, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/<!-- example: (\S+) -->\n```ts\n([\s\S]*?)```/g)].map(([, name = '', code = '']) => ({ name, code }));

/** What the compiler says of a source file of this package, in its own strictness. */
function problems(code: string): readonly string[] {
  const configuration = ts.getParsedCommandLineOfConfigFile(join(house, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined });
  if (configuration === undefined) throw new Error('The configuration of the compiler was not found.');
  const file = join(house, 'src', 'example.ts');
  const host = ts.createCompilerHost(configuration.options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS) : read(name, ...rest));
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  const program = ts.createProgram([file], { ...configuration.options, noEmit: true }, host);
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
}

describe('the examples of the README', () => {
  test('are three', () => {
    expect(examples.map((example) => example.name)).toEqual(['new-database', 'existing-cluster', 'role-alone']);
  });

  test('compile', () => {
    for (const { code } of examples) expect(problems(code)).toEqual([]);
  }, 120_000);

  test.each(examples)('$name synthesizes', async ({ name, code }) => {
    const directory = mkdtempSync(join(tmpdir(), 'ask-aurora-example-'));
    const script = `${transformSync(code.replace('new App()', `new App({ outdir: ${JSON.stringify(directory)}, analyticsReporting: false })`), { loader: 'ts', format: 'esm' }).code}\nexport { stack };`;
    // Inside the package, so that its own name resolves to its sources, as in every test.
    const file = join(house, 'src', `example-${name}.generated.ts`);
    writeFileSync(file, script);
    const { stack } = (await import(/* @vite-ignore */ file).finally(() => { rmSync(file); })) as { readonly stack: { readonly node: { readonly root: App } } };
    expect(App.isApp(stack.node.root)).toBe(true);
    expect(stack.node.root.synth().stacks).toHaveLength(1);
  });

  test('that are wrong would not compile', () => {
    expect(problems("import { ReadOnlyRole } from '@ask-aurora/cdk-constructs';\nexport const wrong: string = ReadOnlyRole;")).not.toEqual([]);
  });
});
