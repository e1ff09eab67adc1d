import { project } from '../../tools/vitest-project.ts';

export default project('demo-stack', { globalSetup: '../../packages/cdk-constructs/test/bundle-lambdas.ts' });
