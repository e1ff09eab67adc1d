import { defineConfig } from 'vitest/config';
import { sourceConditions } from './tools/vitest-project.ts';

export default defineConfig({
  // Global set-up files of the projects are resolved by this root configuration.
  ...sourceConditions,
  test: {
    projects: ['packages/*', 'apps/*', 'tests', 'benchmarks'],
    maxWorkers: 2,
    passWithNoTests: true,
  },
});
