import { RowValidationError } from '../errors/row-validation-error.js';
import type { SchemaOutput, StandardSchema } from './standard-schema.js';

/** Checks one row and returns what the schema makes of it. */
export async function validateRow<S extends StandardSchema>(row: unknown, rowIndex: number, schema: S): Promise<SchemaOutput<S>> {
  const checked = schema['~standard'].validate(row);
  const result = checked instanceof Promise ? await checked : checked;
  if (result.issues === undefined) return result.value as SchemaOutput<S>;
  const [first] = result.issues;
  const path = (first?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  throw new RowValidationError(`Row ${rowIndex} does not satisfy the schema${path === '' ? '' : ` at ${path}`}: ${first?.message ?? 'no reason was given'}`, {
    executed: 'yes',
    rowIndex,
    issues: result.issues,
  });
}
