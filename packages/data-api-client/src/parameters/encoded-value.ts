import type { Field, TypeHint } from '@aws-sdk/client-rds-data';

/** A parameter as the Data API takes it, with the cast to write behind its placeholder where no hint says the type. */
export interface EncodedValue {
  readonly field: Field;
  readonly typeHint?: TypeHint;
  readonly cast?: string;
}
