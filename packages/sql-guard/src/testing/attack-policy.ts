import type { GuardPolicyInput } from '../policy/guard-policy.js';

/** The policy that the attack catalogue tries to get around, over the database of `attacks/setup.sql`. */
export const attackPolicy: GuardPolicyInput = {
  version: 1,
  searchPath: ['public'],
  tables: [
    { schema: 'public', name: 'orders', columns: ['id', 'customer_id', 'amount', 'placed_at'], columnsAreComplete: true },
    { schema: 'public', name: 'customers', columns: ['id', 'name', 'country'], hiddenColumns: ['password'], columnsAreComplete: true },
    { schema: 'public', name: 'partial', columns: ['id', 'label'] },
    { schema: 'public', name: 'notes' },
    // A password that everyone may read, listed in another order than the table has.
    { schema: 'public', name: 'guests', columns: ['id', 'password'], columnsAreComplete: true },
    { schema: 'public', name: 'customer_directory', columns: ['id', 'password'], columnsAreComplete: true, reads: [{ schema: 'public', name: 'customers', columns: ['id', 'password'] }] },
  ],
};
