import { type CalendarDate, addYears, daysBetween } from '../calendar-date.js';
import { createRandom } from '../random.js';
import type { SampleContent } from '../sample-table.js';
import { customersTable } from './customers.js';
import { orderTables } from './orders.js';
import { productsTable } from './products.js';
import { returnsTable } from './returns.js';

/** Three years of a shop, up to the day before the anchor. */
export function salesContent(anchor: CalendarDate): SampleContent {
  const random = (table: string) => createRandom(`sales ${table}`);
  const start = addYears(anchor, -3);
  const { table: customersOnly, customers } = customersTable(random('customers'), start, daysBetween(start, anchor));
  const { table: productsOnly, products } = productsTable();
  const { orders, orderItems, lines } = orderTables(random('orders'), { customers, products, start, anchor });
  return {
    schemas: [{ name: 'sales', comment: 'A shop: customers, products, orders and returns.' }],
    tables: [customersOnly, productsOnly, orders, orderItems, returnsTable(random('returns'), lines, anchor)],
  };
}
