import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { S3Location } from './read-environment.js';
import { createS3Document, type DocumentSource, type GetObject } from './s3-document.js';

/** Where a document is: in the bundle, or in Amazon S3. */
export interface DocumentPlace {
  /** A file; a relative path is taken from the function's code. */
  readonly path?: string | undefined;
  readonly s3?: S3Location | undefined;
}

/** The source of a document by its place; undefined when it has none. A file is read once, an object is rechecked. */
export function documentSource<Value>(place: DocumentPlace, parse: (text: string) => Value, onFault: (error: unknown) => void): DocumentSource<Value> | undefined {
  if (place.path !== undefined) {
    const file = resolve(process.env['LAMBDA_TASK_ROOT'] ?? process.cwd(), place.path);
    let value: Promise<Value> | undefined;
    return {
      load: () => {
        value ??= readFile(file, 'utf8').then(parse);
        value.catch(() => (value = undefined));
        return value;
      },
    };
  }
  if (place.s3 === undefined) return undefined;
  return createS3Document({
    location: place.s3,
    parse,
    onFault,
    // Only functions with a document in S3 pay for its client.
    getObject: async (location, etag) => (await getObject())(location, etag),
  });
}

let client: Promise<GetObject> | undefined;

function getObject() {
  client ??= import('./get-object.js').then((module) => module.createGetObject());
  return client;
}
