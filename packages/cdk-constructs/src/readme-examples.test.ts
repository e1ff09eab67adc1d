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

/** What the compiler says of source files of this package, in its own strictness, by their order. One program for all: the CDK's types take most of the time. */
function problems(codes: readonly string[]): readonly (readonly string[])[] {
  const configuration = ts.getParsedCommandLineOfConfigFile(join(house, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined });
  if (configuration === undefined) throw new Error('The configuration of the compiler was not found.');
  const files = new Map(codes.map((code, index) => [join(house, 'src', `example-${index}.ts`), code]));
  const host = ts.createCompilerHost(configuration.options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    const code = files.get(name);
    return code === undefined ? read(name, ...rest) : ts.createSourceFile(name, code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  };
  host.fileExists = (name) => files.has(name) || ts.sys.fileExists(name);
  const program = ts.createProgram([...files.keys()], { ...configuration.options, noEmit: true }, host);
  return [...files.keys()].map((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)).map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')));
}

describe('the examples of the README', () => {
  test('are three', () => {
    expect(examples.map((example) => example.name)).toEqual(['new-database', 'existing-cluster', 'role-alone']);
  });

  test('compile, and one that is wrong would not', () => {
    const wrong = "import { ReadOnlyRole } from '@ask-aurora/cdk-constructs';\nexport const wrong: string = ReadOnlyRole;";
    const [ofWrong, ...ofExamples] = problems([wrong, ...examples.map(({ code }) => code)]);
    expect(ofExamples).toEqual(examples.map(() => []));
    expect(ofWrong).toHaveLength(1);
  }, 240_000);

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
});
