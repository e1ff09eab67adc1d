import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
  // Nothing but the page under test is ever asked for.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The browser named by `ASK_AURORA_CHROMIUM`, or the first of the usual names on the path; `null` where there is none. */
export function chromiumPath(): string | null {
  const named = process.env.ASK_AURORA_CHROMIUM;
  if (named !== undefined && named !== '') return named;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable) ?? null;
}

/** Keeps a headless browser on one page until `finished` settles, and never longer. The browser and its profile are gone afterwards. */
export async function withChromium<Result>(executable: string, url: string, finished: Promise<Result>): Promise<Result> {
  const profile = mkdtempSync(join(tmpdir(), 'sql-guard-chromium-'));
  // A group of its own, so that the processes that the browser starts end with it.
  const browser = spawn(executable, [...flags, `--user-data-dir=${profile}`, url], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  browser.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  const ended = new Promise<string>((resolve) => {
    browser.once('error', (error) => { resolve(error.message); });
    browser.once('close', (status) => { resolve(`It ended with ${String(status)}: ${said}`); });
  });
  const failed = ended.then((reason) => Promise.reject(new Error(`The browser did not stay: ${reason}`)));
  failed.catch(() => undefined);
  try {
    return await Promise.race([finished, failed]);
  } finally {
    if (browser.pid !== undefined) {
      try {
        process.kill(-browser.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
