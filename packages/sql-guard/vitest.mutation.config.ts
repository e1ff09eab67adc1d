import { defineConfig } from 'vitest/config';

/** The tests that judge mutants: fast ones only, with one grammar, and nothing outside this folder. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    exclude: ['**/*.integration.test.ts', 'src/testing/corpora.test.ts', 'src/testing/hostile-input.test.ts', 'src/mysql/**'],
    env: { ASK_AURORA_GUARD_VERSIONS: '17' },
    testTimeout: 30_000,
  },
});
