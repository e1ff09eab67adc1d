import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { GetObject } from './s3-document.js';

/** Reads objects with the SDK's client, which takes region and credentials from the function's environment. */
export function createGetObject(client: S3Client = new S3Client({})): GetObject {
  return async ({ bucket, key }, etag) => {
    try {
      const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...(etag === undefined ? {} : { IfNoneMatch: etag }) }), { abortSignal: AbortSignal.timeout(5_000) });
      return { text: (await object.Body?.transformToString('utf-8')) ?? '', etag: object.ETag };
    } catch (error) {
      // An unchanged object is an error to the SDK: 304 is no success.
      if (etag !== undefined && (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 304) return undefined;
      throw error;
    }
  };
}
