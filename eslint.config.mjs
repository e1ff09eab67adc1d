import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const scope = (name) => `scope:${name}`;
const below = (name, allowed) => ({ sourceTag: scope(name), onlyDependOnLibsWithTags: allowed.map(scope) });

/** Who may import whom: the table of ARCHITECTURE.md. */
const boundaries = [
  below('local-aurora', []),
  below('sql-guard', ['local-aurora']),
  below('data-api-client', ['local-aurora']),
  below('nl2sql', ['sql-guard', 'local-aurora']),
  below('agent-actions', ['sql-guard', 'data-api-client', 'nl2sql', 'local-aurora']),
  below('local-aws', ['sql-guard', 'data-api-client', 'nl2sql', 'agent-actions', 'local-aurora']),
  below('cdk-constructs', ['agent-actions', 'nl2sql', 'data-api-client', 'local-aurora', 'local-aws']),
  below('cli', ['sql-guard', 'data-api-client', 'nl2sql', 'agent-actions', 'local-aurora', 'local-aws']),
  below('demo-stack', ['cdk-constructs']),
  { sourceTag: scope('benchmarks'), onlyDependOnLibsWithTags: ['*'] },
  { sourceTag: scope('tests'), onlyDependOnLibsWithTags: ['*'] },
];

/** Published houses whose shipped code imports nothing of ours; only their tests may start a local Aurora. */
const standalone = ['sql-guard', 'data-api-client', 'nl2sql', 'agent-actions', 'cdk-constructs'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/coverage/**', '**/cdk.out/**', '**/.stryker-tmp/**', '**/*.generated.ts'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,mts,mjs,js}'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, checkDynamicDependenciesExceptions: ['@ask-aurora/.*'], allow: ['.*/tools/.*'], depConstraints: boundaries }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  ...standalone.map((house) => ({
    files: [`packages/${house}/src/**/*.ts`],
    ignores: ['**/*.test.ts', '**/*.test-d.ts', '**/testing/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['@ask-aurora/local-aurora', '@ask-aurora/local-aurora/*', '@ask-aurora/local-aws', '@ask-aurora/local-aws/*'], message: 'Shipped code never depends on the local server; only tests do.' }] }] },
  })),
  {
    files: ['tools/**', 'apps/cli/src/**', 'benchmarks/**', '**/scripts/**'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.test.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
);
