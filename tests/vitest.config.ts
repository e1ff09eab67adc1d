import { project } from '../tools/vitest-project.ts';

// Each test starts the command line, servers or bundles; on a busy machine that takes many times longer than on an idle one.
export default project('tests', { testTimeout: 120_000 });
