import { defineConfig } from 'tsup';
import { library } from '../../tools/tsup-library.ts';
import { embedWasm } from './scripts/embed-wasm.mjs';
import { writeThirdPartyNotices } from './scripts/third-party-notices.mjs';
import { withoutMysql } from './scripts/without-mysql.mjs';

export default defineConfig([
  // zod is some hundred files, whose reading would take longer than everything else that comes before the first verdict.
  library({ entry: { index: 'src/index.ts', report: 'src/report/index.ts' }, platform: 'neutral', noExternal: ['zod'], esbuildPlugins: [embedWasm()], onSuccess: async () => { writeThirdPartyNotices('dist'); } }),
  library({ entry: { browser: 'src/index.ts' }, format: ['esm'], platform: 'browser', shims: false, dts: false, clean: false, esbuildPlugins: [embedWasm(), withoutMysql()] }),
]);
