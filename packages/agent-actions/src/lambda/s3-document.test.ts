import { describe, expect, it } from 'vitest';
import { createS3Document, type GetObject } from './s3-document.js';

const location = { bucket: 'b', key: 'k' };

function make(objects: readonly (Awaited<ReturnType<GetObject>> | Error)[]) {
  const etags: (string | undefined)[] = [];
  const faults: unknown[] = [];
  let at = 0;
  const document = createS3Document({
    location,
    parse: (text) => JSON.parse(text) as { readonly v: number },
    recheckMs: 100,
    now: () => at,
    onFault: (fault) => faults.push(fault),
    getObject: (_, etag) => {
      const object = objects[etags.length];
      etags.push(etag);
      return object instanceof Error ? Promise.reject(object) : Promise.resolve(object);
    },
  });
  return { document, etags, faults, pass: (milliseconds: number) => (at += milliseconds) };
}

describe('a document in S3', () => {
  it('is fetched once, then asked for by its ETag, and replaced when it changed', async () => {
    const { document, etags, pass } = make([{ text: '{"v":1}', etag: '"a"' }, undefined, { text: '{"v":2}', etag: '"b"' }]);
    const first = await document.load();
    expect(await document.load()).toBe(first);
    pass(100);
    expect(await document.load()).toBe(first);
    pass(100);
    expect(await document.load()).toEqual({ v: 2 });
    expect(etags).toEqual([undefined, '"a"', '"a"']);
  });

  it('is fetched once by callers at the same time', async () => {
    const { document, etags } = make([{ text: '{"v":1}', etag: '"a"' }]);
    await Promise.all([document.load(), document.load(), document.load()]);
    expect(etags).toHaveLength(1);
  });

  it('stays as it was when a recheck fails or brings no document, and says so', async () => {
    const { document, faults, pass } = make([{ text: '{"v":1}', etag: '"a"' }, new Error('unreachable'), { text: 'no JSON', etag: '"b"' }, { text: '{"v":3}', etag: '"c"' }]);
    await document.load();
    pass(100);
    expect(await document.load()).toEqual({ v: 1 });
    pass(100);
    expect(await document.load()).toEqual({ v: 1 });
    expect(faults).toHaveLength(2);
    pass(100);
    expect(await document.load()).toEqual({ v: 3 });
  });

  it('fails when there is no good version at all, and tries again for the next caller', async () => {
    const { document } = make([new Error('AccessDenied: secret words'), { text: '{"v":1}', etag: undefined }]);
    await expect(document.load()).rejects.toMatchObject({ code: 'invalid-configuration', message: 'The document s3://b/k cannot be read.' });
    expect(await document.load()).toEqual({ v: 1 });
  });
});
