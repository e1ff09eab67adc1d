import type { StandardSchemaIssue } from '../validation/standard-schema.js';
import { DataApiError, type DataApiErrorDetails } from './data-api-error.js';

/** A row does not satisfy the schema given with the query. The statement itself was executed. */
export class RowValidationError extends DataApiError {
  readonly code = 'row-validation' as const;
  /** Zero-based index of the row in its result. */
  readonly rowIndex: number;
  readonly issues: readonly StandardSchemaIssue[];

  constructor(message: string, details: DataApiErrorDetails & { readonly rowIndex: number; readonly issues: readonly StandardSchemaIssue[] }) {
    super(message, details);
    this.rowIndex = details.rowIndex;
    this.issues = details.issues;
  }

  static override isInstance(value: unknown): value is RowValidationError {
    return DataApiError.isInstance(value) && value.code === 'row-validation';
  }
}
