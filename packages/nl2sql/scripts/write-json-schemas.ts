import { writeFileSync } from 'node:fs';
import { artifactJsonSchema } from '../src/artifact/artifact-json-schema.js';
import { overlayJsonSchema } from '../src/overlay/overlay-json-schema.js';

const write = (name: string, schema: unknown): void => writeFileSync(new URL(`../schema/${name}.schema.json`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);

write('schema-artifact', artifactJsonSchema());
write('overlay', overlayJsonSchema());
