import { defineConfig } from 'tsup';
import { library } from '../../tools/tsup-library.ts';
import { embedWasm } from './scripts/embed-wasm.mjs';

export default defineConfig(library({ entry: { index: 'src/index.ts', report: 'src/report/index.ts' }, platform: 'neutral', esbuildPlugins: [embedWasm()] }));
