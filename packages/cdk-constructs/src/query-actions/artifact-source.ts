import { Token } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { CdkConstructsError } from '../errors/cdk-constructs-error.js';
import { grantObjects } from '../storage/grant-objects.js';

/** Where a function finds a document, and the leave to read it. */
export interface BoundArtifact {
  /** `s3://bucket/key`, or null when the document itself is `inline`. */
  readonly s3Url: string | null;
  readonly inline: string | null;
  grantRead(grantee: IGrantable): void;
}

/** A JSON document that a function reads: the schema artifact, or the guard's policy. */
export abstract class ArtifactSource {
  /** A file of the app, uploaded with it: what was reviewed is what runs. */
  static fromFile(path: string): ArtifactSource {
    return new FileSource(path);
  }

  /** An object that something else keeps up to date, for example `ScheduledIntrospection`. */
  static fromBucket(bucket: IBucket, key: string): ArtifactSource {
    return new BucketSource(bucket, key);
  }

  /**
   * Goes into the function's environment, of which Lambda allows 4 KB in all.
   *
   * @throws CdkConstructsError `invalid-props` over 2,500 characters
   */
  static inline(document: Readonly<Record<string, unknown>>): ArtifactSource {
    const text = JSON.stringify(document);
    if (text.length > 2500) throw new CdkConstructsError('invalid-props', `The document has ${text.length} characters; over 2,500 it has to come from a file or a bucket.`);
    return new InlineSource(text);
  }

  abstract bind(scope: Construct, id: string): BoundArtifact;
}

class FileSource extends ArtifactSource {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  bind(scope: Construct, id: string): BoundArtifact {
    const asset = new Asset(scope, id, { path: this.#path });
    return { s3Url: asset.s3ObjectUrl, inline: null, grantRead: (grantee) => { grantObjects(grantee, asset.bucket, asset.s3ObjectKey, 'read'); } };
  }
}

class BucketSource extends ArtifactSource {
  readonly #bucket: IBucket;
  readonly #key: string;

  constructor(bucket: IBucket, key: string) {
    super();
    this.#bucket = bucket;
    this.#key = key;
  }

  bind(): BoundArtifact {
    if (!Token.isUnresolved(this.#key) && (this.#key === '' || this.#key.startsWith('/'))) {
      throw new CdkConstructsError('invalid-props', `The key ${JSON.stringify(this.#key)} must not be empty or begin with a slash.`);
    }
    return { s3Url: this.#bucket.s3UrlForObject(this.#key), inline: null, grantRead: (grantee) => { grantObjects(grantee, this.#bucket, this.#key, 'read'); } };
  }
}

class InlineSource extends ArtifactSource {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  bind(): BoundArtifact {
    return { s3Url: null, inline: this.#text, grantRead: () => undefined };
  }
}
