import type { FileHandle } from 'node:fs/promises';

const most = 64 * 1024;

/** The text of a small log, through its handle: the file itself may have been removed. */
export async function readLog(log: FileHandle): Promise<string> {
  const buffer = Buffer.alloc(most);
  const { bytesRead } = await log.read({ buffer, position: 0 });
  return buffer.toString('utf8', 0, bytesRead).trim();
}
