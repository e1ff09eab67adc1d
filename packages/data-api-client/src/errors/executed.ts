/**
 * What is known about the effect of a statement whose call failed.
 *
 * - `no`: it has left no effect: it never ran, or the database undid it.
 * - `yes`: it ran, and its effect stands (inside a transaction: until that is rolled back).
 * - `unknown`: it may have run. It is never sent again unless it was marked `idempotent`.
 */
export type Executed = 'no' | 'yes' | 'unknown';
