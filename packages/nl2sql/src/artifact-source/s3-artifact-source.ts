import type { AwsClient } from '../model/aws-client.js';
import type { ArtifactSource } from './artifact-source.js';
import { recheckedArtifact } from './rechecked-artifact.js';
import type { RecheckOptions } from './rechecked-artifact.js';

/** Where an artifact lies in Amazon S3. Needs `@aws-sdk/client-s3` and `s3:GetObject` on the key. */
export interface S3ArtifactSourceOptions extends RecheckOptions {
  /** An `S3Client`. */
  readonly client: AwsClient;
  readonly bucket: string;
  readonly key: string;
}

interface GetObjectResult {
  readonly ETag?: string;
  readonly Body?: { transformToString(encoding?: string): Promise<string> };
}

/**
 * An artifact in S3, looked at again by its ETag (`If-None-Match`), so that a schema change reaches the next question
 * without a deployment.
 *
 * @throws Nl2SqlError at the first call: `artifact-unavailable` or `artifact-invalid`
 */
export function createS3ArtifactSource(options: S3ArtifactSourceOptions): ArtifactSource {
  const { client, bucket, key } = options;
  return recheckedArtifact(
    `s3://${bucket}/${key}`,
    async (tag, signal) => {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3');
      try {
        const result = (await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...(tag === null || tag === '' ? {} : { IfNoneMatch: tag }) }), { abortSignal: signal })) as GetObjectResult;
        return { tag: result.ETag ?? '', text: (await result.Body?.transformToString('utf-8')) ?? '' };
      } catch (error) {
        if (isNotModified(error)) return null;
        throw error;
      }
    },
    options,
  );
}

function isNotModified(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return $metadata?.httpStatusCode === 304;
}
