import { defineConfig } from 'tsup';
import { library } from '../../tools/tsup-library.ts';

export default defineConfig(library({ entry: { index: 'src/index.ts', 'mcp/index': 'src/mcp/index.ts', 'testing/index': 'src/testing/index.ts' } }));
