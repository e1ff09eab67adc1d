/** A value on the wire, as `JSON.parse` gives it (`blobValue` in base64) or as the SDK's deserializer does (`blobValue` as bytes). */
export interface WireField {
  readonly isNull?: boolean | undefined;
  readonly booleanValue?: boolean | undefined;
  /** A string when digits beyond 2^53 had to be kept. */
  readonly longValue?: number | bigint | string | undefined;
  /** `"NaN"`, `"Infinity"` and `"-Infinity"` as strings. */
  readonly doubleValue?: number | string | undefined;
  readonly stringValue?: string | undefined;
  readonly blobValue?: string | Uint8Array | undefined;
  readonly arrayValue?: WireArray | undefined;
}

export interface WireArray {
  readonly booleanValues?: readonly (boolean | null)[] | undefined;
  readonly longValues?: readonly (number | bigint | string | null)[] | undefined;
  readonly doubleValues?: readonly (number | string | null)[] | undefined;
  readonly stringValues?: readonly (string | null)[] | undefined;
  readonly arrayValues?: readonly (WireArray | null)[] | undefined;
}

export interface WireColumn {
  readonly name?: string | undefined;
  readonly label?: string | undefined;
  readonly type?: number | undefined;
  readonly typeName?: string | undefined;
  readonly schemaName?: string | undefined;
  readonly tableName?: string | undefined;
  readonly isAutoIncrement?: boolean | undefined;
  readonly isSigned?: boolean | undefined;
  readonly nullable?: number | undefined;
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
}

/** The answer to ExecuteStatement. */
export interface WireResult {
  readonly records?: readonly (readonly WireField[])[] | undefined;
  readonly columnMetadata?: readonly WireColumn[] | undefined;
  readonly numberOfRecordsUpdated?: number | undefined;
  readonly generatedFields?: readonly WireField[] | undefined;
}

/** The answer to BatchExecuteStatement. */
export interface WireUpdates {
  readonly updateResults?: readonly { readonly generatedFields?: readonly WireField[] | undefined }[] | undefined;
}
