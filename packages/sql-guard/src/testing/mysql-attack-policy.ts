import type { GuardPolicyInput } from '../policy/guard-policy.js';

/** The policy that MySQL's attack catalogue tries to get around, over the database of `attacks/mysql/setup.sql`. */
export const mysqlAttackPolicy: GuardPolicyInput = {
  version: 1,
  searchPath: ['shop'],
  tables: [
    { schema: 'shop', name: 'orders', columns: ['id', 'customer_id', 'amount', 'placed_at'], columnsAreComplete: true },
    { schema: 'shop', name: 'customers', columns: ['id', 'name', 'country'], hiddenColumns: ['password'], columnsAreComplete: true },
    { schema: 'shop', name: 'partial', columns: ['id', 'label'] },
  ],
};

/** The tables whose rows belong to tenants, and one that all of them share. */
export const mysqlTenantPolicy: GuardPolicyInput = {
  version: 1,
  searchPath: ['shop'],
  tables: [
    { schema: 'shop', name: 'ledger', columns: ['id', 'tenant', 'amount', 'divisor', 'document', 'label', 'at'], columnsAreComplete: true },
    { schema: 'shop', name: 'members', columns: ['id', 'name'], hiddenColumns: ['account'], columnsAreComplete: true },
    { schema: 'shop', name: 'rates', columns: ['id', 'rate'], columnsAreComplete: true },
  ],
  tenantFilters: [
    { schema: 'shop', table: 'ledger', column: 'tenant', value: 'tenant' },
    { schema: 'shop', table: 'members', column: 'account', value: 'account' },
  ],
  maxRows: 1_000,
};
