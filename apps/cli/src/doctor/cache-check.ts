import { findCacheDirectory } from '@ask-aurora/local-aurora';
import { statfs } from 'node:fs/promises';
import { ok, warning, type Check } from './check.js';

const mebibyte = 1024 * 1024;
/** The programs of one PostgreSQL and the samples take about 140 MiB; the rest is room to work in. */
const enough = 500 * mebibyte;

/** Where data is kept, and whether there is room for it. */
export const cacheCheck: Check = {
  name: 'Cache',
  deadlineMs: 5_000,
  async run({ environment, dataDirectory }) {
    const directory = dataDirectory ?? (await findCacheDirectory(environment));
    const { bavail, bsize } = await statfs(directory);
    const free = bavail * bsize;
    const found = `${directory}, ${String(Math.floor(free / mebibyte))} MiB free`;
    return free >= enough ? ok(found) : warning(found, `Free ${String(enough / mebibyte)} MiB, or set XDG_CACHE_HOME to a directory with room.`);
  },
};
