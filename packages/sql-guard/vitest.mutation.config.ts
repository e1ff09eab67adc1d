import { defineConfig } from 'vitest/config';

/**
 * The tests that judge mutants of the walker: those that walk statements with one grammar and say exactly what comes out.
 * The catalogues of attacks and of legitimate statements are judged by their recorded verdicts, so that the tests that only
 * ask "refused?" and "accepted?" of the same statements would cost time and kill nothing more. One worker keeps its modules, and the parser, for all files.
 */
export default defineConfig({
  test: {
    include: ['src/postgresql/**/*.test.ts', 'src/testing/recorded-verdicts.test.ts', 'src/policy/policy.test.ts', 'src/guard/create-guard.test.ts'],
    exclude: ['**/*.integration.test.ts'],
    env: { ASK_AURORA_GUARD_VERSIONS: '17' },
    isolate: false,
    testTimeout: 30_000,
  },
});
