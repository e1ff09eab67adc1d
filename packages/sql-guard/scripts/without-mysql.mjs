// An esbuild plugin for builds without Node: MySQL's parsers are read from node_modules when asked for, which only Node can do.
const stub = `
import { GuardError } from '../verdict/guard-error.js';
export const createMysqlGuard = async () => {
  throw new GuardError('dialect-unsupported', 'The MySQL dialect needs Node.');
};
`;

/** @returns {import('esbuild').Plugin} */
export const withoutMysql = () => ({
  name: 'without-mysql',
  setup(build) {
    build.onLoad({ filter: /[\\/]mysql[\\/]create-mysql-guard\.ts$/ }, ({ path }) => ({ contents: stub, loader: 'js', resolveDir: path.replace(/[\\/][^\\/]*$/, '') }));
  },
});
