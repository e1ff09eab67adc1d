import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { createArtifact } from '../artifact/create-artifact.js';
import { createFileArtifactSource } from './file-artifact-source.js';
import { createMemoryArtifactSource } from './memory-artifact-source.js';
import { createS3ArtifactSource } from './s3-artifact-source.js';

const artifactNamed = (name: string) =>
  createArtifact({ dialect: 'postgresql', serverVersion: null, database: null, relations: [{ schema: 'public', name, kind: 'table', comment: null, columns: [{ name: 'id', type: 'integer', nullable: false, comment: null }] }] });
const film = artifactNamed('film');
const actor = artifactNamed('actor');

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function temporaryFile(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'artifact-source-'));
  cleanups.push(() => rm(directory, { recursive: true }));
  return join(directory, 'schema.json');
}

describe('createFileArtifactSource', () => {
  it('reads a changed file once the interval is over, and not before', async () => {
    const path = await temporaryFile();
    await writeFile(path, JSON.stringify(film));
    let now = 0;
    const source = createFileArtifactSource(path, { checkIntervalMs: 1000, clock: () => now });
    expect((await source()).hash).toBe(film.hash);
    await writeFile(path, JSON.stringify(actor));
    now = 999;
    expect((await source()).hash).toBe(film.hash);
    now = 1000;
    expect((await source()).hash).toBe(actor.hash);
  });

  it('keeps the version in hand when a later one is broken, and says so', async () => {
    const path = await temporaryFile();
    await writeFile(path, JSON.stringify(film));
    const warnings: Error[] = [];
    const source = createFileArtifactSource(path, { checkIntervalMs: 0, onWarning: (warning) => warnings.push(warning) });
    await source();
    await writeFile(path, '{ "formatVersion": 1, ');
    expect((await source()).hash).toBe(film.hash);
    expect(warnings).toMatchObject([{ code: 'artifact-invalid' }]);
  });

  it('fails when there never was a version', async () => {
    await expect(createFileArtifactSource('/nowhere/schema.json')()).rejects.toMatchObject({ code: 'artifact-unavailable', retryable: true });
  });

  it('merges an overlay, and warns of entries that no longer fit', async () => {
    const path = await temporaryFile();
    await writeFile(path, JSON.stringify(film));
    const warnings: Error[] = [];
    const source = createFileArtifactSource(path, { overlay: 'relations: { public.film: { synonyms: [movie] }, public.gone: { comment: x } }', onWarning: (warning) => warnings.push(warning) });
    expect((await source()).relations[0]?.synonyms).toEqual(['movie']);
    expect(warnings.map(({ message }) => message)).toEqual(['relations.public.gone: there is no relation public.gone (line 1, column 50)']);
  });
});

describe('createS3ArtifactSource', () => {
  /** A server that speaks the part of S3's REST protocol that GetObject uses. */
  async function s3Server(): Promise<{ client: S3Client; requests: (string | undefined)[]; state: { artifact: typeof film; down: boolean; silent: boolean } }> {
    const requests: (string | undefined)[] = [];
    const state = { artifact: film, down: false, silent: false };
    const server = createServer((request, response) => {
      requests.push(request.headers['if-none-match']);
      if (state.silent) return;
      const etag = `"${state.artifact.hash.slice(7, 39)}"`;
      if (state.down) response.writeHead(403, { 'content-type': 'application/xml' }).end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
      else if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
      else response.writeHead(200, { etag, 'content-type': 'application/json' }).end(JSON.stringify(state.artifact));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = new S3Client({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'us-east-1', forcePathStyle: true, maxAttempts: 1, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    cleanups.push(async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return { client, requests, state };
  }

  it('asks again with the ETag and takes the new version when it changed', async () => {
    const { client, requests, state } = await s3Server();
    const source = createS3ArtifactSource({ client, bucket: 'schemas', key: 'shop/schema.json', checkIntervalMs: 0 });
    expect((await source()).hash).toBe(film.hash);
    expect((await source()).hash).toBe(film.hash);
    state.artifact = actor;
    expect((await source()).hash).toBe(actor.hash);
    expect(requests).toEqual([undefined, `"${film.hash.slice(7, 39)}"`, `"${film.hash.slice(7, 39)}"`]);
  });

  it('shares one load between concurrent calls', async () => {
    const { client, requests } = await s3Server();
    const source = createS3ArtifactSource({ client, bucket: 'schemas', key: 'schema.json' });
    await Promise.all([source(), source(), source()]);
    expect(requests).toHaveLength(1);
  });

  it('goes on with the version in hand while S3 refuses or is silent', async () => {
    const { client, state } = await s3Server();
    const warnings: Error[] = [];
    const source = createS3ArtifactSource({ client, bucket: 'schemas', key: 'schema.json', checkIntervalMs: 0, timeoutMs: 200, onWarning: (warning) => warnings.push(warning) });
    await source();
    state.down = true;
    expect((await source()).hash).toBe(film.hash);
    state.silent = true;
    expect((await source()).hash).toBe(film.hash);
    expect(warnings).toHaveLength(2);
    expect(warnings[1]?.message).toContain('did not answer within 200 ms');
  });

  it('fails at the first call when S3 refuses', async () => {
    const { client, state } = await s3Server();
    state.down = true;
    await expect(createS3ArtifactSource({ client, bucket: 'schemas', key: 'schema.json' })()).rejects.toMatchObject({ code: 'artifact-unavailable' });
  });
});

describe('createMemoryArtifactSource', () => {
  it('gives the artifact that was put in last', async () => {
    const { source, replace } = createMemoryArtifactSource(film);
    expect(await source()).toBe(film);
    replace(actor);
    expect(await source()).toBe(actor);
  });
});
