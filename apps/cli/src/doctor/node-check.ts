import { failed, ok, type Check } from './check.js';

const oldest = 20;

/** The running Node. */
export const nodeCheck: Check = {
  name: 'Node',
  deadlineMs: 1_000,
  run() {
    const found = `${process.version} on ${process.platform} ${process.arch}`;
    const [major = 0] = process.versions.node.split('.').map(Number);
    return Promise.resolve(major >= oldest ? ok(found) : failed(found, `Install Node ${String(oldest)} or newer.`));
  },
};
