import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'tests', 'benchmarks'],
    maxWorkers: 2,
    passWithNoTests: true,
  },
});
