import { AgentActionsError } from '../agent-actions-error.js';
import type { S3Location } from './read-environment.js';

/** A document that may change while the function lives. */
export interface DocumentSource<Value> {
  /** The newest known version. */
  load(): Promise<Value>;
}

/** The one operation of Amazon S3 that is needed; `undefined` means not modified. */
export type GetObject = (location: S3Location, etag: string | undefined) => Promise<{ readonly text: string; readonly etag: string | undefined } | undefined>;

/** How a document is kept. */
export interface S3DocumentOptions<Value> {
  readonly location: S3Location;
  readonly getObject: GetObject;
  /** @throws when the text is no such document; the version before is then kept */
  readonly parse: (text: string) => Value;
  /** Milliseconds before the ETag is asked for again. @default 60_000 */
  readonly recheckMs?: number;
  readonly onFault?: (error: unknown) => void;
  readonly now?: () => number;
}

/**
 * A document in Amazon S3. It is fetched once, and then asked for with its ETag, so that an unchanged one is not sent
 * again. When a recheck fails the last good version stays in use; the first fetch has none to fall back on.
 */
export function createS3Document<Value>(options: S3DocumentOptions<Value>): DocumentSource<Value> {
  const { location, getObject, parse, recheckMs = 60_000, onFault, now = Date.now } = options;
  let current: { readonly value: Value; readonly etag: string | undefined } | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let checking: Promise<void> | undefined;

  const check = async () => {
    try {
      const object = await getObject(location, current?.etag);
      if (object !== undefined) current = { value: parse(object.text), etag: object.etag };
      checkedAt = now();
    } catch (error) {
      onFault?.(error);
      if (current === undefined) throw new AgentActionsError('invalid-configuration', `The document s3://${location.bucket}/${location.key} cannot be read.`, { cause: error });
      checkedAt = now();
    }
  };
  return {
    async load() {
      if (current === undefined || checkedAt + recheckMs <= now()) {
        checking ??= check().finally(() => {
          checking = undefined;
        });
        await checking;
      }
      if (current === undefined) throw new AgentActionsError('invalid-configuration', `The document s3://${location.bucket}/${location.key} cannot be read.`);
      return current.value;
    },
  };
}
