import { readFile, stat } from 'node:fs/promises';
import type { ArtifactSource } from './artifact-source.js';
import { recheckedArtifact } from './rechecked-artifact.js';
import type { RecheckOptions } from './rechecked-artifact.js';

/**
 * An artifact in a JSON file, read again when its time or size has changed.
 *
 * @example
 * createTextToSql({ artifact: createFileArtifactSource('schema.json'), guard, model });
 * @throws Nl2SqlError at the first call: `artifact-unavailable` or `artifact-invalid`
 */
export function createFileArtifactSource(path: string, options: RecheckOptions = {}): ArtifactSource {
  return recheckedArtifact(
    path,
    async (tag, signal) => {
      const { mtimeMs, size, ino } = await stat(path);
      const current = `${mtimeMs} ${size} ${ino}`;
      return current === tag ? null : { tag: current, text: await readFile(path, { encoding: 'utf8', signal }) };
    },
    options,
  );
}
