/**
 * What is known about the effect of a statement whose call failed.
 *
 * - `no`: it has left no effect: it never ran, or the database undid it, alone or with its transaction.
 * - `yes`: it ran, and its effect stands. Inside a transaction: as long as that is not rolled back, after which the same error says `no`.
 * - `unknown`: it may have run. It is never sent again unless it was marked `idempotent`.
 */
export type Executed = 'no' | 'yes' | 'unknown';
