import { project } from '../../tools/vitest-project.ts';

export default project('data-api-client', { globalSetup: ['src/testing/postgres-setup.ts', 'src/testing/mysql-setup.ts'] });
