import { type CalendarDate, addDays, daysBetween, monthOf } from '../calendar-date.js';
import type { Random } from '../random.js';
import type { SampleTable, SampleValue } from '../sample-table.js';
import { identity } from '../sample-table.js';
import type { Customer, Segment } from './customers.js';
import { type Product, money } from './products.js';
import { categoryDemand, demandOn } from './season.js';

export interface OrdersOptions {
  readonly customers: readonly Customer[];
  readonly products: readonly Product[];
  /** First day with orders. */
  readonly start: CalendarDate;
  readonly anchor: CalendarDate;
}

/** A line of an order as returns need it. */
export interface OrderLine {
  readonly orderId: number;
  readonly lineNumber: number;
  readonly orderedOn: CalendarDate;
  readonly quantity: number;
  /** Price of one after discount, in cents. */
  readonly paid: number;
  readonly category: string;
}

const firstYearOrdersPerDay = 15;
const yearlyGrowthPercent = 18;
const channels: Readonly<Record<Segment, readonly (readonly [string, number])[]>> = {
  'Consumer': [['web', 62], ['mobile app', 30], ['phone', 8]],
  'Small business': [['web', 74], ['mobile app', 6], ['phone', 20]],
  'Enterprise': [['web', 35], ['account manager', 65]],
};
const segmentWeights = { 'Consumer': 2, 'Small business': 4, 'Enterprise': 8 } as const;

export function orderTables(random: Random, options: OrdersOptions): { readonly orders: SampleTable; readonly orderItems: SampleTable; readonly lines: readonly OrderLine[] } {
  const { products, start, anchor } = options;
  // In the order of their accounts, so that those who may order on a day are a prefix.
  const customers = [...options.customers].sort((a, b) => (a.customerSince < b.customerSince ? -1 : a.customerSince > b.customerSince ? 1 : a.id - b.id));
  const tickets = customers.flatMap((customer) => Array.from({ length: segmentWeights[customer.segment] }, () => customer));
  const shelves = Array.from({ length: 12 }, (_, index) =>
    products.map((product) => [product, product.popularity * categoryDemand(product.category, index + 1)] as const),
  );
  const orders: SampleValue[][] = [];
  const items: SampleValue[][] = [];
  const lines: OrderLine[] = [];
  const days = daysBetween(start, anchor);
  let known = 0;
  for (let day = 0; day < days; day += 1) {
    const date = addDays(start, day);
    while (known < tickets.length && (tickets[known]?.customerSince ?? '') <= date) known += 1;
    const growth = 100 + Math.floor((yearlyGrowthPercent * day) / 365);
    const expected = Math.floor((firstYearOrdersPerDay * demandOn(date) * growth) / 10_000);
    const count = Math.floor(expected / 100) + (random.chance(expected % 100) ? 1 : 0) + random.integer(-2, 2);
    for (let order = 0; order < count; order += 1) {
      const customer = tickets[random.integer(0, known - 1)];
      const shelf = shelves[monthOf(date) - 1];
      if (!customer || !shelf) continue;
      const orderId = orders.length + 1;
      orders.push([orderId, customer.id, date, random.weighted(channels[customer.segment]), statusOf(random, daysBetween(date, anchor))]);
      const chosen = new Set<Product>();
      for (let line = random.weighted([[1, 30], [2, 27], [3, 20], [4, 13], [6, 10]] as const); line > 0; line -= 1) chosen.add(random.weighted(shelf));
      [...chosen].forEach((product, index) => {
        const quantity = customer.segment === 'Enterprise' ? random.integer(2, 24) : customer.segment === 'Small business' ? random.integer(1, 8) : random.weighted([[1, 74], [2, 19], [4, 7]] as const);
        const discount = quantity >= 10 ? 15 : quantity >= 5 ? 5 : random.weighted([[0, 80], [10, 15], [20, 5]] as const);
        items.push([orderId, index + 1, product.id, quantity, money(product.price), discount]);
        lines.push({ orderId, lineNumber: index + 1, orderedOn: date, quantity, paid: Math.round((product.price * (100 - discount)) / 100), category: product.category });
      });
    }
  }
  return { orders: ordersTable(orders), orderItems: orderItemsTable(items), lines };
}

function statusOf(random: Random, age: number): string {
  if (age <= 2) return 'processing';
  if (age <= 7) return random.chance(60) ? 'shipped' : 'delivered';
  return 'delivered';
}

function ordersTable(rows: readonly SampleValue[][]): SampleTable {
  return {
    schema: 'sales',
    name: 'orders',
    comment: 'Orders that customers placed; what was ordered is in order_items.',
    columns: [
      { name: 'order_id', definition: identity, comment: 'Key of the order.' },
      { name: 'customer_id', definition: 'integer NOT NULL', comment: 'Customer who ordered.' },
      { name: 'ordered_on', definition: 'date NOT NULL', comment: 'Day the order was placed.' },
      { name: 'channel', definition: 'text NOT NULL', comment: 'How it was placed: web, mobile app, phone or account manager.' },
      { name: 'status', definition: 'text NOT NULL', comment: 'State of the order: processing, shipped or delivered.' },
    ],
    constraints: [
      'ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES sales.customers (customer_id)',
      "ADD CONSTRAINT orders_status_check CHECK (status IN ('processing', 'shipped', 'delivered'))",
    ],
    rows,
  };
}

function orderItemsTable(rows: readonly SampleValue[][]): SampleTable {
  return {
    schema: 'sales',
    name: 'order_items',
    comment: 'The lines of orders: one product each, with quantity and price.',
    columns: [
      { name: 'order_id', definition: 'integer NOT NULL', comment: 'Order the line belongs to.' },
      { name: 'line_number', definition: 'integer NOT NULL', comment: 'Number of the line within its order, from 1.' },
      { name: 'product_id', definition: 'integer NOT NULL', comment: 'Product ordered.' },
      { name: 'quantity', definition: 'integer NOT NULL', comment: 'How many were ordered.' },
      { name: 'unit_price', definition: 'numeric(10,2) NOT NULL', comment: 'Price for one before discount, in US dollars.' },
      { name: 'discount_percent', definition: 'integer NOT NULL', comment: 'Discount on the line in percent.' },
      {
        name: 'line_total',
        definition: 'numeric(12,2) NOT NULL GENERATED ALWAYS AS (round(quantity * unit_price * (100 - discount_percent) / 100, 2)) STORED',
        comment: 'Revenue of the line in US dollars: quantity times price, less the discount. Returns are not taken off.',
        generated: true,
      },
    ],
    constraints: [
      'ADD CONSTRAINT order_items_pkey PRIMARY KEY (order_id, line_number)',
      'ADD CONSTRAINT order_items_order_id_fkey FOREIGN KEY (order_id) REFERENCES sales.orders (order_id)',
      'ADD CONSTRAINT order_items_product_id_fkey FOREIGN KEY (product_id) REFERENCES sales.products (product_id)',
      'ADD CONSTRAINT order_items_quantity_check CHECK (quantity > 0)',
      'ADD CONSTRAINT order_items_discount_percent_check CHECK (discount_percent BETWEEN 0 AND 100)',
    ],
    rows,
  };
}
