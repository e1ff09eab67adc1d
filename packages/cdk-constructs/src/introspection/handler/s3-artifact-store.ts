import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ArtifactStore } from './refresh-artifact.js';

export interface S3ArtifactLocation {
  readonly bucket: string;
  readonly key: string;
  /** Ends in a slash. */
  readonly documentPrefix: string;
}

/** Keeps the artifact as one object, and its documents as one object each; the bucket keeps their versions. */
export function s3ArtifactStore(client: S3Client, { bucket, key, documentPrefix }: S3ArtifactLocation): ArtifactStore {
  const put = async (name: string, body: string, type: string, signal: AbortSignal): Promise<void> => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: name, Body: body, ContentType: type }), { abortSignal: signal });
  };
  return {
    async read(signal) {
      try {
        const response = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal });
        return (await response.Body?.transformToString()) ?? null;
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return null;
        throw error;
      }
    },
    write: (text, signal) => put(key, text, 'application/json', signal),
    async replaceDocuments(documents, signal) {
      for (const [name, text] of documents) await put(`${documentPrefix}${name}`, text, 'text/plain; charset=utf-8', signal);
      for await (const name of listNames(client, bucket, documentPrefix, signal)) {
        if (documents.has(name.slice(documentPrefix.length))) continue;
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: name }), { abortSignal: signal });
      }
    },
  };
}

async function* listNames(client: S3Client, bucket: string, prefix: string, signal: AbortSignal): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token === undefined ? {} : { ContinuationToken: token }) }), { abortSignal: signal });
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
    token = page.NextContinuationToken;
  } while (token !== undefined);
}
