import { type CalendarDate, addDays } from '../calendar-date.js';
import type { Random } from '../random.js';
import { type SampleTable, type SampleValue, identity } from '../sample-table.js';
import type { OrderLine } from './orders.js';
import { money } from './products.js';

/** Lines that come back, in percent. */
const returnRates: Readonly<Record<string, number>> = { Electronics: 8, Office: 5, Home: 4, Outdoor: 4, Kitchen: 3, Toys: 3 };
const reasons = [['damaged', 24], ['not as described', 22], ['changed mind', 34], ['arrived late', 12], ['wrong item', 8]] as const;

export function returnsTable(random: Random, lines: readonly OrderLine[], anchor: CalendarDate): SampleTable {
  const rows: SampleValue[][] = [];
  for (const line of lines) {
    if (!random.chance(returnRates[line.category] ?? 4)) continue;
    const returnedOn = addDays(line.orderedOn, random.integer(4, 30));
    const quantity = random.chance(70) ? line.quantity : random.integer(1, line.quantity);
    const reason = random.weighted(reasons);
    if (returnedOn < anchor) rows.push([rows.length + 1, line.orderId, line.lineNumber, returnedOn, quantity, reason, money(quantity * line.paid)]);
  }
  return {
    schema: 'sales',
    name: 'returns',
    comment: 'Goods that customers sent back.',
    columns: [
      { name: 'return_id', definition: identity, comment: 'Key of the return.' },
      { name: 'order_id', definition: 'integer NOT NULL', comment: 'Order the goods came from.' },
      { name: 'line_number', definition: 'integer NOT NULL', comment: 'Line of that order.' },
      { name: 'returned_on', definition: 'date NOT NULL', comment: 'Day the goods came back.' },
      { name: 'quantity', definition: 'integer NOT NULL', comment: 'How many came back.' },
      { name: 'reason', definition: 'text NOT NULL', comment: 'Reason the customer gave.' },
      { name: 'refund', definition: 'numeric(12,2) NOT NULL', comment: 'Money paid back in US dollars.' },
    ],
    constraints: [
      'ADD CONSTRAINT returns_order_item_fkey FOREIGN KEY (order_id, line_number) REFERENCES sales.order_items (order_id, line_number)',
      'ADD CONSTRAINT returns_quantity_check CHECK (quantity > 0)',
    ],
    rows,
  };
}
