import { project } from '../../tools/vitest-project.ts';

export default project('cdk-constructs', { globalSetup: './test/bundle-lambdas.ts' });
