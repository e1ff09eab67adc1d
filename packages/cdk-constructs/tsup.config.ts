import { defineConfig } from 'tsup';
import { library } from '../../tools/tsup-library.ts';

// dist/lambda is the bundler's, and tests of other houses may be reading it.
export default defineConfig(library({ entry: { index: 'src/index.ts' }, clean: ['!lambda/**'] }));
