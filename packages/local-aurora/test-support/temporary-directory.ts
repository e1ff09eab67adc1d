import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { afterAll } from 'vitest';

/** Directories that the server's user can pass through, removed after the file's tests. Call at the top of a test file. */
export function temporaryDirectories(): () => string {
  const made: string[] = [];
  afterAll(() => {
    for (const path of made) rmSync(path, { recursive: true, force: true });
  });
  return () => {
    const path = mkdtempSync('/tmp/ask-aurora-test-');
    chmodSync(path, 0o711);
    made.push(path);
    return path;
  };
}
