import { defineProject } from 'vitest/config';

const conditions = ['@ask-aurora/source'];

/** Resolves our packages to their sources, in the test files and in what runs before them. */
export const sourceConditions = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  // Global set-up files run in an environment of vitest's own.
  environments: { __vitest__: { resolve: { conditions, externalConditions: conditions } } },
};

/** The vitest settings every house shares: packages resolve to their sources, so no test needs a build. */
export function project(name: string, test: { readonly globalSetup?: string | string[]; readonly setupFiles?: string[]; readonly testTimeout?: number } = {}) {
  return defineProject({
    ...sourceConditions,
    test: {
      name,
      include: ['src/**/*.test.ts'],
      // Bounds for what hangs, not for what is slow: on a busy machine a test of milliseconds may wait for its turn.
      testTimeout: 120_000,
      hookTimeout: 180_000,
      // What another process or the network does is waited for; on a busy machine the default of a second is too little.
      expect: { poll: { timeout: 20_000 } },
      ...test,
    },
  });
}
