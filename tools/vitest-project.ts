import { defineProject } from 'vitest/config';

const conditions = ['@ask-aurora/source'];

/** The vitest settings every house shares: packages resolve to their sources, so no test needs a build. */
export function project(name: string, test: { readonly globalSetup?: string | string[]; readonly setupFiles?: string[]; readonly testTimeout?: number } = {}) {
  return defineProject({
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      name,
      include: ['src/**/*.test.ts'],
      testTimeout: 30_000,
      hookTimeout: 60_000,
      ...test,
    },
  });
}
